package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.Promptness;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.words.ShopWords;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.archive.Archive;
import io.xiaoer.session.archive.Drafts;
import io.xiaoer.session.archive.SessionsOnFile;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Kafka takes its time, and meanwhile Redis is emptied and filled again from an archive that has no word of what is
/// under way.
@SessionServiceTest
class LateDurabilityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ShopWords words;

    @Autowired
    private ConversationMeters meters;

    @Autowired
    private ConversationLog log;

    @Autowired
    private Warmth warmth;

    @Autowired
    private SessionDirectory directory;

    @Autowired
    private SessionsOnFile sessions;

    @Autowired
    private EventWriter events;

    @Autowired
    private WaitingQuestions waiting;

    @Autowired
    private Backlog backlog;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Archive archive;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private StringRedisTemplate redis;

    @Test
    void whatTheLogLostMeanwhileIsNotAcknowledgedAndItsRepeatIsKept() {
        var shopper = Shopper.alone(port);
        var sid = session(shopper);
        String clientId = UUID.randomUUID().toString();

        var outcome = roadOf(new Late(() -> lose(shopper))).send(sending(shopper, sid, clientId));

        assertThat(outcome).isInstanceOf(MessageRoad.Outcome.Unavailable.class);
        String again = taken(shopper, sid, clientId);
        assertThat(shopper.ids(sid, "")).contains(again);
        // The first try became durable after all: it stands in the table, and nobody reads it.
        await().atMost(PATIENCE).until(() -> rows(shopper, clientId) == 2);
        assertThat(shopper.ids(sid, "")).containsExactly(again);
        assertThat(archive.read(shopper.key(), "0", 10))
                .extracting(MessageResource::id)
                .containsExactly(again);
        assertThat(archive.readBefore(shopper.key(), Long.toString(Long.MAX_VALUE), 10))
                .extracting(MessageResource::prev)
                .containsExactly("0");
        RealServers.flushRedis();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shopper.ids(sid, "?before=9223372036854775807"))
                        .containsExactly(again));
        assertThat(shopper.say(sid, clientId, "hello").json("data", "id").asString())
                .isEqualTo(again);
    }

    private long rows(Shopper shopper, String clientId) {
        return jdbc.sql("SELECT COUNT(*) FROM message WHERE shop_id = ? AND client_id = ?")
                .params(shopper.shop(), clientId)
                .query(Long.class)
                .single();
    }

    @Test
    void whatTheLogHoldsStillIsAcknowledgedHoweverLate() {
        var shopper = Shopper.alone(port);
        var sid = session(shopper);

        var road = roadOf(new Late(() -> {}));
        String clientId = UUID.randomUUID().toString();

        var outcome = await().atMost(PATIENCE)
                .until(
                        () -> road.send(sending(shopper, sid, clientId)),
                        MessageRoad.Outcome.Accepted.class::isInstance);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        MessageRoad.Outcome.Accepted.class,
                        accepted -> assertThat(shopper.ids(sid, ""))
                                .contains(accepted.message().id()));
    }

    @Test
    void whoRepeatsWithoutEndIsAcknowledgedEachTimeAndHasNothingMoreWritten() {
        var shopper = Shopper.alone(port);
        var sid = session(shopper);
        String clientId = UUID.randomUUID().toString();
        var written = new AtomicInteger();
        var road = roadOf(new Durability(kafka, outbox, transaction, meters) {
            @Override
            Place make(List<ProducerRecord<String, byte[]>> records) {
                written.incrementAndGet();
                return super.make(records);
            }
        });
        var said = accepted(road, sending(shopper, sid, clientId));
        assertThat(accepted(road, sending(shopper, sid, clientId)).duplicate()).isTrue();
        int before = written.get();

        for (int i = 0; i < 20; i++) {
            var again = accepted(road, sending(shopper, sid, clientId));
            assertThat(again.duplicate()).isTrue();
            assertThat(again.message()).isEqualTo(said.message());
        }

        assertThat(written).hasValue(before);
    }

    @Test
    void whatIsNotKnownToBeDurableIsWrittenAtEachRepetition() {
        var shopper = Shopper.alone(port);
        var sid = session(shopper);
        String clientId = UUID.randomUUID().toString();
        var away = new AtomicInteger();
        var road = roadOf(new Durability(kafka, outbox, transaction, meters) {
            @Override
            Place make(List<ProducerRecord<String, byte[]>> records) {
                return away.incrementAndGet() <= 3 ? Place.NOWHERE : super.make(records);
            }
        });

        for (int i = 1; i <= 3; i++) {
            assertThat(road.send(sending(shopper, sid, clientId))).isInstanceOf(MessageRoad.Outcome.Unavailable.class);
            assertThat(away).hasValue(i);
        }

        String id = accepted(road, sending(shopper, sid, clientId)).message().id();
        assertThat(away).hasValueGreaterThan(3);
        assertThat(askedOfTheBot(id).id()).isEqualTo(id);
    }

    private static MessageRoad.Outcome.Accepted accepted(MessageRoad road, MessageRoad.Sending sending) {
        return (MessageRoad.Outcome.Accepted) await().atMost(PATIENCE)
                .until(() -> road.send(sending), MessageRoad.Outcome.Accepted.class::isInstance);
    }

    @Test
    void aWordOfTheSuiteThatTheLogLostIsSaidAgain() throws Unavailable {
        var shopper = Shopper.alone(port);
        var sid = session(shopper);
        String nonce = "e:" + UUID.randomUUID();
        var late = new SystemVoice(log, warmth, new Late(() -> lose(shopper)), events);

        assertThatThrownBy(() -> say(late, shopper, nonce)).isInstanceOf(Unavailable.class);
        var voice = new SystemVoice(log, warmth, new Late(() -> {}), events);
        var said = await().atMost(PATIENCE).ignoreExceptions().until(() -> say(voice, shopper, nonce), word -> true);

        assertThat(shopper.ids(sid, "")).contains(said.id());
    }

    @Test
    void aQuestionWhoseRecordWasLostGetsItsOutcomeThoughAPersonHoldsTheSessionByThen() throws Exception {
        var shopper = Shopper.alone(port);
        var sid = session(shopper);
        String clientId = UUID.randomUUID().toString();
        var dies = new Durability(kafka, outbox, transaction, meters) {
            @Override
            Place make(List<ProducerRecord<String, byte[]>> records) {
                return Place.NOWHERE;
            }
        };
        assertThat(roadOf(dies).send(sending(shopper, sid, clientId)))
                .isInstanceOf(MessageRoad.Outcome.Unavailable.class);
        assertThat(shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/handoff")
                        .json("{}")
                        .send()
                        .status())
                .isBetween(200, 202);

        String question = taken(shopper, sid, clientId);

        var asked = askedOfTheBot(question);
        var outcome = log.append(Append.reply(
                shopper.key(),
                sid,
                question,
                asked.number(),
                new Content.Text("an answer that comes too late"),
                new Answer("faq", 1, 1, null, null, null)));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AppendOutcome.Fenced.class,
                        fenced -> assertThat(Objects.requireNonNull(fenced.notice())
                                        .message()
                                        .replyTo())
                                .isEqualTo(question));
    }

    @Test
    void whatWasToldAPersonIsNoQuestionThoughTheBotOwnsTheSessionWhenItComesAgain() {
        var shopper = Shopper.alone(port);
        var sid = session(shopper);
        var user = shopper.key();
        var session = sessions.open(user, null).orElseThrow();
        redis.opsForHash().put(RedisKeys.session(user), "owner", "queue");
        String clientId = UUID.randomUUID().toString();
        String told = taken(shopper, sid, clientId);
        redis.opsForHash().put(RedisKeys.session(user), "owner", session.owner());

        assertThat(taken(shopper, sid, clientId)).isEqualTo(told);
        String question = taken(shopper, sid, UUID.randomUUID().toString());

        assertThat(askedOfTheBot(question).id()).isEqualTo(question);
        assertThat(asked).doesNotContainKey(told).containsKey(question);
    }

    private final Map<String, BotQuery> asked = new HashMap<>();

    /// The question as the bot is asked it; all that came before is read as well.
    private BotQuery askedOfTheBot(String question) {
        var properties = new HashMap<String, Object>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, RealServers.kafkaBootstrap());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "test-" + UUID.randomUUID());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (var queries = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            queries.subscribe(Set.of(Topic.BOT_QUERY.topic()));
            await().atMost(PATIENCE).until(() -> {
                queries.poll(Duration.ofMillis(200)).forEach(record -> {
                    var query = EventJson.decode(record.value(), BotQuery.class);
                    asked.put(query.id(), query);
                });
                return asked.containsKey(question);
            });
        }
        return Objects.requireNonNull(asked.get(question));
    }

    @Test
    void whoeverHadASessionAMomentAgoMayHaveSaidSomething() {
        var shopper = Shopper.alone(port);
        assertThat(sessions.talksLately(shopper.key())).isFalse();

        var sid = session(shopper);
        assertThat(sessions.talksLately(shopper.key())).isTrue();
        assertThat(shopper.call("DELETE", "/api/v1/bot/sessions/" + sid).send().status())
                .isBetween(200, 204);

        assertThat(sessions.talksLately(shopper.key())).isTrue();
    }

    private static String session(Shopper shopper) {
        await().atMost(PATIENCE).until(() -> shopper.open().status() == 201);
        return shopper.session();
    }

    /// Says it until it is taken, as a client does.
    ///
    /// @return the message's id
    private static String taken(Shopper shopper, String sid, String clientId) {
        return await().atMost(PATIENCE)
                .until(() -> shopper.say(sid, clientId, "hello"), reply -> reply.status() == 202)
                .json("data", "id")
                .asString();
    }

    private static MessageResource say(SystemVoice voice, Shopper shopper, String nonce) throws Unavailable {
        return voice.say(shopper.key(), nonce, null, new Content.Notice("news", "news"), null);
    }

    private static MessageRoad.Sending sending(Shopper shopper, String sid, String clientId) {
        return new MessageRoad.Sending(
                shopper.key(),
                new Sender(Role.USER, shopper.id(), null),
                clientId,
                sid,
                new Content.Text("hello"),
                true);
    }

    private KafkaMessageRoad roadOf(Durability durability) {
        var voice = new SystemVoice(log, warmth, durability, events);
        var repetitions = new KnownRepetitions(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        return new KafkaMessageRoad(
                log,
                warmth,
                directory,
                durability,
                events,
                waiting,
                backlog,
                voice,
                drafts,
                words,
                repetitions,
                meters);
    }

    /// As a refill that read the archive before the message was in it.
    private void lose(Shopper shopper) {
        var user = shopper.key();
        var session = sessions.open(user, null).orElseThrow();
        redis.delete(
                List.of(RedisKeys.chat(user), RedisKeys.nonces(user), RedisKeys.session(user), RedisKeys.warm(user)));
        assertThat(log.refill(user, "0", List.of(), session)).isTrue();
    }

    /// Something happens between the append and its durability, and longer than a refill waits.
    private final class Late extends Durability {

        private final Runnable meanwhile;

        Late(Runnable meanwhile) {
            super(kafka, outbox, transaction, meters);
            this.meanwhile = meanwhile;
        }

        @Override
        Place make(List<ProducerRecord<String, byte[]>> records) {
            long begun = System.nanoTime();
            meanwhile.run();
            await().atMost(PATIENCE).until(() -> System.nanoTime() - begun > Promptness.REFILL_WAITS.toNanos());
            return super.make(records);
        }
    }
}
