package io.xiaoer.bot.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.faq.FaqEntry;
import io.xiaoer.bot.understand.Meaning;
import io.xiaoer.bot.understand.Understanding;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// With a model configured, what nobody else knows is answered by it: shown while it is written, stored once, and a
/// draft as far as it goes once a person is to take over. The questions are like no dialog's examples.
class AModelAnswersIT extends RunningBot {

    private static final ModelServer MODEL = new ModelServer();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final EventWriter EVENTS = new EventWriter("test", Clock.systemUTC());

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    private final UserKey user = new UserKey(
            new ShopId("m" + UUID.randomUUID().toString().substring(0, 8)),
            UserKey.Kind.USER,
            UUID.randomUUID().toString());
    private final String node = "node-" + UUID.randomUUID();
    private final List<JSONObject> frames = new CopyOnWriteArrayList<>();
    private String sid = "";
    private @Nullable RedisConnection channel;

    /// What the question is close to.
    @TestConfiguration(proxyBeanMethods = false)
    static class Meanings {

        @Bean
        @Primary
        Understanding oneEntry() {
            var entry =
                    new FaqEntry("returns", 1, "可以退货吗", List.of(), "签收后七天内可以退货。", "zh", Instant.EPOCH, Instant.EPOCH);
            var match = new FaqCandidate.Match(FaqCandidate.How.SIMILAR, FaqCandidate.Field.QUESTION, "可以退货吗");
            return (shop, text, language, deadline) ->
                    new Meaning(List.of(), List.of(new FaqCandidate(entry, .45, match)), .5);
        }
    }

    @DynamicPropertySource
    static void model(DynamicPropertyRegistry registry) {
        registry.add("GENERATION_URL", MODEL::url);
        registry.add("GENERATION_KEY", () -> "sk-of-a-test");
        registry.add("GENERATION_MODEL", () -> "a-model");
        registry.add("GENERATION_FIRST_TOKEN", () -> "20s");
        registry.add("GENERATION_WHOLE", () -> "40s");
    }

    @BeforeEach
    void openSession() {
        sid = ids.next();
        log.refill(user, "0", List.of(), session("bot", 1, null));
        redis.opsForHash().put(RedisKeys.online(user), "c-1", node + "|web|" + System.currentTimeMillis());
        var subscribed = redis.getRequiredConnectionFactory().getConnection();
        subscribed.subscribe(
                (message, pattern) -> hear(new String(message.getBody(), StandardCharsets.UTF_8)),
                RedisKeys.node(node).getBytes(StandardCharsets.UTF_8));
        channel = subscribed;
    }

    @AfterEach
    void leave() {
        if (channel != null) {
            channel.close();
        }
    }

    @Test
    void theAnswerIsShownWhileItIsWrittenAndStoredOnce() {
        MODEL.says("[1] 可以的，", "签收后七天内", "都能退。");

        var question = asks("蓝色的大象会唱歌吗" + UUID.randomUUID());

        var reply = replies(question).getFirst();
        assertThat(reply.from()).isEqualTo(Sender.BOT);
        assertThat(reply.content()).isEqualTo(new Content.Text("可以的，签收后七天内都能退。"));
        assertThat(reply.answer()).isNotNull().satisfies(how -> {
            assertThat(how.source()).isEqualTo("model");
            assertThat(how.model()).isEqualTo("a-model");
            assertThat(how.faqId()).isEqualTo("returns");
        });
        await().atMost(SOON).until(() -> deltas(question).equals(List.of("可以的，", "签收后七天内都能退。")));
        produce(EVENTS.record(Topic.BOT_QUERY, user.tag(), question.id(), question));
        var marker = asks("又来" + UUID.randomUUID());
        replies(marker);
        assertThat(replies(question)).hasSize(1);
    }

    @Test
    void theWritingEndsWhenAPersonTakesTheSessionAndWhatThereIsOfItIsADraft() throws Exception {
        var gone = stallsAfter("[1] 可以的，");
        var question = asks("蓝色的大象会唱歌吗" + UUID.randomUUID());
        await().atMost(SOON).until(() -> deltas(question).equals(List.of("可以的，")));

        log.writeSession(user, session("agent", 2, "anna"));

        assertThat(gone.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(replies(question)).singleElement().satisfies(AModelAnswersIT::isHandedOff);
        patiently().until(() -> drafts(question).contains("可以的，…"));
        assertThat(deltas(question)).containsExactly("可以的，");
    }

    @Test
    void aWishForAPersonPassesTheWritingAndEndsItThoughAllOfItComesTwice() throws Exception {
        var gone = stallsAfter("[1] 可以的，");
        var question = asks("蓝色的大象会唱歌吗" + UUID.randomUUID());
        var between = asks("那红色的呢" + UUID.randomUUID());
        await().atMost(SOON).until(() -> deltas(question).equals(List.of("可以的，")));

        var wish = asks("转人工");

        await().atMost(SOON).until(() -> handedOff(wish) == 1);
        assertThat(gone.getCount()).as("the writing ends by the hand-off").isEqualTo(1);
        log.writeSession(user, session("queue", 2, null));
        assertThat(gone.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(replies(question)).singleElement().satisfies(AModelAnswersIT::isHandedOff);
        assertThat(replies(between)).singleElement().satisfies(AModelAnswersIT::isHandedOff);
        patiently().until(() -> drafts(question).contains("可以的，…"));

        for (var again : List.of(question, between, wish)) {
            produce(EVENTS.record(Topic.BOT_QUERY, user.tag(), again.id(), again));
        }
        await().atMost(SOON).until(() -> handedOff(wish) == 2);
        assertThat(repliesTo(question)).hasSize(1);
        assertThat(repliesTo(between)).hasSize(1);
        assertThat(askedOfTheModel(question)).isEqualTo(1);
        assertThat(askedOfTheModel(between)).isZero();
    }

    @Test
    void aWishThatNobodyCanFulfilLeavesTheWriting() throws Exception {
        var go = new CountDownLatch(1);
        MODEL.answers(line -> {
            line.begin();
            line.say("[1] 可以的，");
            assertThat(go.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            line.say("都能退。");
            line.finish("stop");
        });
        NEIGHBOURS.handingOff(409);
        try {
            var question = asks("蓝色的大象会唱歌吗" + UUID.randomUUID());
            await().atMost(SOON).until(() -> deltas(question).equals(List.of("可以的，")));

            var wish = asks("agent please");

            assertThat(replies(wish))
                    .singleElement()
                    .satisfies(reply -> assertThat(reply.from()).isEqualTo(Sender.BOT));
            assertThat(repliesTo(question)).isEmpty();
            go.countDown();
            assertThat(replies(question).getFirst().content()).isEqualTo(new Content.Text("可以的，都能退。"));
        } finally {
            go.countDown();
            NEIGHBOURS.handingOff(200);
        }
    }

    @Test
    void aModelThatFailsLeavesTheHonestEnd() {
        NEIGHBOURS.handingOff(409);
        try {
            MODEL.answers(line -> line.refuse(500, null));
            var question = asks("蓝色的大象会唱歌吗" + UUID.randomUUID());
            assertThat(replies(question).getFirst().answer())
                    .isNotNull()
                    .satisfies(how -> assertThat(how.source()).isEqualTo("none"));
            assertThat(deltas(question)).isEmpty();
        } finally {
            NEIGHBOURS.handingOff(200);
        }
    }

    /// The model begins and then says nothing more; what is told is the end of its connection.
    private static CountDownLatch stallsAfter(String piece) {
        var gone = new CountDownLatch(1);
        MODEL.answers(line -> {
            line.begin();
            line.say(piece);
            line.waitsUntilGone();
            gone.countDown();
        });
        return gone;
    }

    private static void isHandedOff(Message reply) {
        assertThat(reply.from().role()).isEqualTo(Role.SYSTEM);
        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Notice.class,
                        notice -> assertThat(notice.code()).isEqualTo("handed_off"));
    }

    private static long handedOff(BotQuery wish) {
        return NEIGHBOURS.handOffs().stream()
                .filter(each -> each.getString("question").equals(wish.id()))
                .count();
    }

    private static long askedOfTheModel(BotQuery question) {
        String text = ((Content.Text) Message.of(question.id(), question.body()).content()).text();
        return MODEL.requests().stream()
                .map(request -> request.getJSONArray("messages"))
                .filter(messages -> messages.getJSONObject(messages.size() - 1)
                        .getString("content")
                        .equals(text))
                .count();
    }

    /// Bears that Redis or Kafka does not answer for a moment.
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private OpenSession session(String owner, long number, @Nullable String holder) {
        return new OpenSession(sid, owner, number, holder, Instant.now().plusSeconds(3600), "zh", null);
    }

    private BotQuery asks(String text) {
        var stored = (AppendOutcome.Stored) log.append(Append.said(
                user,
                new Sender(Role.USER, user.id(), null),
                UUID.randomUUID().toString(),
                sid,
                new Content.Text(text),
                false));
        var question = BotQuery.of(user, sid, stored);
        produce(EVENTS.record(Topic.BOT_QUERY, user.tag(), question.id(), question));
        return question;
    }

    private List<Message> replies(BotQuery question) {
        return patiently().until(() -> repliesTo(question), replies -> !replies.isEmpty());
    }

    private List<Message> repliesTo(BotQuery question) {
        return log.read(user, "0", 500).messages().stream()
                .map(MessageResource::message)
                .filter(message -> question.id().equals(message.replyTo()))
                .toList();
    }

    private void hear(String payload) {
        String[] parts = payload.split("\n", 4);
        if (parts[0].equals("f") && parts[1].equals(user.tag())) {
            frames.add(JSON.parseObject(parts[3]));
        }
    }

    private List<String> deltas(BotQuery question) {
        return frames.stream()
                .filter(frame -> frame.getString("type").equals("delta"))
                .filter(frame -> frame.getString("reply_to").equals(question.id()))
                .map(frame -> frame.getString("text"))
                .toList();
    }

    /// The texts of drafts that stand in the records of the notices in their place.
    private List<String> drafts(BotQuery question) {
        return read().stream()
                .map(value -> EventJson.decode(value, MessageStored.class))
                .filter(event -> event.user().equals(user.tag()) && event.draft() != null)
                .map(event -> Message.of(event.id(), Objects.requireNonNull(event.draft())))
                .filter(draft -> question.id().equals(draft.replyTo()))
                .map(draft -> ((Content.Text) draft.content()).text())
                .toList();
    }

    private List<byte[]> read() {
        String topic = Topic.CS_MESSAGE.topic();
        try (Consumer<String, byte[]> reader = consumers.createConsumer("reader-" + UUID.randomUUID(), "r", "r")) {
            var partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            var values = new java.util.ArrayList<byte[]>();
            while (partitions.stream()
                    .anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
                reader.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
