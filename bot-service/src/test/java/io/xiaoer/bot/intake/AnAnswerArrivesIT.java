package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.SensitiveWords;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.log.Promptness;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.redis.WaitingQuestion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/// Questions go into Kafka and come out as answers in the shopper's log and in `cs.message`.
class AnAnswerArrivesIT extends RunningBot {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LEARNT = Duration.ofSeconds(120);
    private static final EventWriter EVENTS = new EventWriter("test", Clock.systemUTC());

    @Autowired
    private QuestionReader reader;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    @Autowired
    private Warming warming;

    @Autowired
    private Patience patience;

    @Autowired
    private QuestionPump pump;

    @Autowired
    private MeterRegistry meters;

    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private Shopper shopper;

    @BeforeEach
    void openSession() {
        shopper = new Shopper(UserKey.Kind.USER);
        shopper.warm();
    }

    @AfterEach
    void mend() {
        NEIGHBOURS.orders(variables -> Map.of());
        NEIGHBOURS.warming(user -> {});
        NEIGHBOURS.up(true);
        NEIGHBOURS.handingOff(200);
    }

    @Test
    void anEntryMadeAMomentAgoAnswers() throws Exception {
        var words = "words " + UUID.randomUUID();
        var answer = "answer " + UUID.randomUUID();
        putFaq("entry-1", words, answer);

        var question = shopper.asks("  " + words.toUpperCase(java.util.Locale.ROOT) + " ?!");

        var reply = shopper.replyTo(question);
        assertThat(reply.from()).isEqualTo(Sender.BOT);
        assertThat(reply.content()).isEqualTo(new Content.Text(answer));
        assertThat(reply.answer()).isNotNull().satisfies(how -> {
            assertThat(how.source()).isEqualTo("faq");
            assertThat(how.faqId()).isEqualTo("entry-1");
            assertThat(how.confidence()).isBetween(.9, 1.);
            assertThat(how.elapsedMs()).isNotNegative();
        });
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stored(shopper.user, question))
                        .extracting(MessageStored::id)
                        .containsOnly(reply.id()));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(redis.keys("faq:" + shop + ":*")).isNotEmpty());

        await().atMost(SOON)
                .untilAsserted(
                        () -> { // a cache that is slow for a moment is not waited for
                            redis.keys("faq:" + shop + ":*")
                                    .forEach(
                                            key -> redis.opsForValue().set(key, "0.42 entry-1", Duration.ofMinutes(5)));
                            assertThat(shopper.replyTo(shopper.asks(words)).answer())
                                    .as("what the cache knows is asked before memory is")
                                    .isNotNull()
                                    .satisfies(
                                            how -> assertThat(how.confidence()).isEqualTo(.42));
                        });
    }

    @Test
    void anEntryTellsHowOftenItHasAnswered() throws Exception {
        var words = "words " + UUID.randomUUID();
        putFaq("entry-hit", words, "an answer");
        var question = shopper.asks(words);
        shopper.replyTo(question);
        shopper.send(question);
        shopper.replyTo(shopper.asks(words));

        await().atMost(Duration.ofSeconds(60)).until(() -> hitsOf("entry-hit") == 2);
    }

    private long hitsOf(String id) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/" + id))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .GET()
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var got = http.send(request, BodyHandlers.ofString());
            assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
            return JSON.parseObject(got.body())
                    .getJSONObject("data")
                    .getJSONObject("attributes")
                    .getLongValue("hits");
        }
    }

    @Test
    void anIntakeThatIsStoppedAndStartedAgainAnswers() throws Exception {
        var words = "words " + UUID.randomUUID();
        putFaq("entry-1", words, "an answer");
        shopper.replyTo(shopper.asks(words));

        pump.stop();
        assertThat(pump.isRunning()).isFalse();
        var meanwhile = shopper.asks(words);
        pump.start();

        assertThat(shopper.replyTo(meanwhile).content()).isEqualTo(new Content.Text("an answer"));
        assertThat(shopper.replyTo(shopper.asks(words)).content()).isEqualTo(new Content.Text("an answer"));
        await().atMost(SOON).until(pump::hasJoined);
    }

    @Test
    void anAnswerWaitsForAReplicaToBePromoted() throws Exception {
        var number = "W" + (1_000_000 + new java.util.Random().nextInt(8_999_999));
        var asked = new CountDownLatch(1);
        var before = refusals();
        // What a promoted Redis holds may lack something: its users are cold.
        NEIGHBOURS.warming(user -> shopper.warm());
        NEIGHBOURS.orders(variables -> {
            if (asked.getCount() > 0) { // not once more when the question is dealt with again
                redis.execute((RedisCallback<String>) connection -> {
                    connection.serverCommands().replicaOf("127.0.0.1", 1);
                    return "";
                });
                asked.countDown();
            }
            return page(order(number, shopper.user.id(), "shipped", parcel("YTO", "1", "in_transit")));
        });
        try {
            var question = shopper.asks("我的快递到哪了？");
            assertThat(asked.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().atMost(SOON).until(() -> !refusals().equals(before));
            promote();

            assertThat(shopper.replyTo(question).content()).isInstanceOf(Content.Card.class);
        } finally {
            promote();
        }
    }

    private void promote() {
        redis.execute((RedisCallback<String>) connection -> {
            connection.serverCommands().replicaOfNoOne();
            return "";
        });
    }

    /// How often Redis has answered with an error of these kinds.
    private String refusals() {
        var stats = java.util.Objects.requireNonNull(redis.execute((RedisCallback<java.util.Properties>)
                connection -> connection.serverCommands().info("errorstats")));
        return "%s %s".formatted(stats.getProperty("errorstat_ERR"), stats.getProperty("errorstat_READONLY"));
    }

    @Test
    void theAnswerToAGuestWhoHasBecomeAUserStandsOnceInTheUsersLog() {
        var words = "words " + UUID.randomUUID();
        var guest = new Shopper(UserKey.Kind.GUEST);
        guest.warm();
        var question = guest.stores(new Content.Text(words));
        log.markMoved(guest.user, shopper.user, false);

        guest.send(question);
        guest.send(question);
        var marker = shopper.asks("marker " + UUID.randomUUID());
        shopper.replyTo(marker);

        await().atMost(SOON).until(() -> !shopper.repliesTo(question).isEmpty());
        assertThat(shopper.repliesTo(question)).hasSize(1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stored(shopper.user, question))
                        .extracting(MessageStored::id)
                        .containsOnly(shopper.repliesTo(question).getFirst().id()));
        assertThat(stored(guest.user, question)).isEmpty();
    }

    @Test
    void nobodyIsAnsweredWhoWasErasedSinceTheyAsked() {
        var question = shopper.stores(new Content.Text("where is my parcel"));
        log.erase(shopper.user, Long.toString(Long.MAX_VALUE));
        log.refill(
                shopper.user,
                new io.xiaoer.common.log.Filling(
                        log.coldness(shopper.user),
                        "0",
                        List.of(),
                        shopper.session("bot", 1, null),
                        "",
                        question.id()));

        shopper.send(question);
        var marker = shopper.asks("marker " + UUID.randomUUID());
        shopper.replyTo(marker);

        assertThat(shopper.repliesTo(question)).isEmpty();
        assertThat(stored(shopper.user, question)).isEmpty();
    }

    @Test
    void whereMyParcelIsIsAnsweredWithTheOrdersCard() {
        var number = "W" + (1_000_000 + new java.util.Random().nextInt(8_999_999));
        var tracking = Long.toString(System.nanoTime());
        NEIGHBOURS.orders(variables -> {
            assertThat(variables.getString("user")).isEqualTo(shopper.user.id());
            return page(order(number, shopper.user.id(), "shipped", parcel("YTO", tracking, "in_transit")));
        });

        var reply = shopper.replyTo(shopper.asks("我的快递到哪了？"));

        assertThat(reply.content()).isInstanceOfSatisfying(Content.Card.class, card -> {
            assertThat(card.card()).isEqualTo("order");
            assertThat(card.text())
                    .contains(number, "YTO", tracking, "运输中", "2026-11-01 11:16 北京时间", "Departed sorting centre");
            assertThat(json(card.body()).getJSONObject("order").getString("id")).isEqualTo(number);
            var parcel = json(card.body()).getJSONArray("shipments").getJSONObject(0);
            assertThat(parcel.getString("tracking_no")).isEqualTo(tracking);
            assertThat(parcel.getString("status")).isEqualTo("in_transit");
            assertThat(parcel.getJSONObject("latest").getString("text")).isEqualTo("Departed sorting centre");
            assertThat(json(card.body()).getJSONArray("missing")).isEmpty();
            assertThat(Instant.parse(json(card.body()).getString("as_of")))
                    .isBefore(Instant.now().plusSeconds(1));
        });
        assertThat(reply.answer())
                .isNotNull()
                .extracting(io.xiaoer.common.message.Answer::source)
                .isEqualTo("order");
    }

    @Test
    void whatIsAskedBesideAnOrderIsAnsweredInTheSameMessage() throws Exception {
        putFaq("freight", "运费谁出", "质量问题由我们承担运费。");
        var number = "W" + (1_000_000 + new java.util.Random().nextInt(8_999_999));
        NEIGHBOURS.orders(
                variables -> page(order(number, shopper.user.id(), "shipped", parcel("YTO", "1", "in_transit"))));

        var both = shopper.replyTo(shopper.asks("我的快递到哪了，顺便问一下运费谁出"));

        assertThat(both.content()).isInstanceOfSatisfying(Content.Card.class, card -> {
            assertThat(card.card()).isEqualTo("order");
            assertThat(card.text()).startsWith("质量问题由我们承担运费。\n").contains(number, "运输中");
            assertThat(json(card.body()).getJSONObject("order").getString("id")).isEqualTo(number);
        });
        assertThat(both.answer()).isNotNull().satisfies(how -> {
            assertThat(how.source()).isEqualTo("order");
            assertThat(how.faqId()).isEqualTo("freight");
        });
        NEIGHBOURS.up(false);
        assertThat(shopper.replyTo(shopper.asks("运费谁出？我的快递到哪了？")).content())
                .isInstanceOfSatisfying(Content.Choice.class, offer -> {
                    assertThat(offer.text()).contains("质量问题由我们承担运费。");
                    assertThat(offer.prompt()).contains("暂时");
                });
        await().atMost(Duration.ofSeconds(60)).until(() -> hitsOf("freight") == 2);
    }

    @Test
    void severalParcelsOnTheWayAreButtonsAndAButtonGivesTheCard() {
        var mine = shopper.user.id();
        var first = order("A-1001", mine, "shipped", parcel("SF", "11112222", "out_for_delivery"));
        var second = order("A-1002", mine, "shipped", parcel("ZTO", "33334444", "in_transit"));
        NEIGHBOURS.orders(variables -> {
            var answer = page(first, second);
            return named(answer, variables, first, second);
        });

        var choice = shopper.replyTo(shopper.asks("Where is my parcel?")).content();

        assertThat(choice).isInstanceOfSatisfying(Content.Choice.class, asked -> {
            assertThat(asked.options()).hasSize(2);
            assertThat(asked.text()).contains("11112222", "33334444", "out for delivery");
        });
        var pressed = ((Content.Choice) choice).options().get(1);
        var card = shopper.replyTo(shopper.says(new Content.Action(pressed.payload(), pressed.label())))
                .content();
        assertThat(card)
                .isInstanceOfSatisfying(
                        Content.Card.class, shown -> assertThat(shown.text()).contains("A-1002", "33334444"));
    }

    @Test
    void aButtonForAnothersOrderShowsNothing() {
        var theirs = order("B-7777", "somebody-else", "shipped", parcel("SF", "99998888", "in_transit"));
        NEIGHBOURS.orders(variables -> named(page(), variables, theirs));

        var reply = shopper.replyTo(shopper.says(new Content.Action("order:parcel:B-7777", "B-7777")));

        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Text.class,
                        text -> assertThat(text.text()).contains("B-7777").doesNotContain("99998888", "SF"));
    }

    @Test
    void aPartThatIsMissingIsNamedAndTheRestIsShown() {
        NEIGHBOURS.orders(variables -> {
            var order = order("C-1000", shopper.user.id(), "paid", parcel("SF", "1", "in_transit"));
            order.put("after_sales", null);
            order.put("coupons", null);
            return page(order);
        });

        var reply = shopper.replyTo(shopper.asks("订单C-1000到哪了"));

        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Card.class,
                        card -> assertThat(json(card.body())
                                        .getJSONArray("missing")
                                        .toJavaList(String.class))
                                .containsExactly("after_sales", "coupons"));
    }

    @Test
    void ordersThatCannotBeLookedUpAreToldSoAndTalkGoesOn() throws Exception {
        NEIGHBOURS.up(false);
        putFaq("still", "are you still there", "yes");
        assertThat(shopper.replyTo(shopper.asks("我的快递到哪了")).content())
                .isInstanceOfSatisfying(Content.Choice.class, offer -> {
                    assertThat(offer.prompt()).contains("暂时");
                    assertThat(offer.options())
                            .extracting(Content.Option::payload)
                            .containsExactly("handoff");
                });
        assertThat(shopper.replyTo(shopper.asks("Are you still there?")).content())
                .isEqualTo(new Content.Text("yes"));
    }

    @Test
    void aGuestIsToldToLogIn() {
        var guest = new Shopper(UserKey.Kind.GUEST);
        guest.warm();
        assertThat(guest.replyTo(guest.asks("where is my order")).content())
                .isInstanceOfSatisfying(
                        Content.Text.class, text -> assertThat(text.text()).contains("log in"));
    }

    @Test
    void whatNobodyKnowsIsSaidSoInTheLanguageOfTheQuestion() {
        NEIGHBOURS.handingOff(409);
        var english = shopper.replyTo(shopper.asks("quux " + UUID.randomUUID()));
        assertThat(english.content())
                .isInstanceOfSatisfying(
                        Content.Choice.class,
                        offer -> assertThat(offer.prompt()).startsWith("Sorry"));
        assertThat(english.answer())
                .isNotNull()
                .extracting(io.xiaoer.common.message.Answer::source)
                .isEqualTo("none");
        assertThat(shopper.replyTo(shopper.asks("蓝色的大象会飞吗" + UUID.randomUUID())).content())
                .isInstanceOfSatisfying(Content.Choice.class, offer -> {
                    assertThat(offer.prompt()).startsWith("抱歉");
                    assertThat(offer.options().getFirst().label()).isEqualTo("转人工");
                });
    }

    @Test
    void aQuestionRedeliveredIsAnsweredOnce() throws Exception {
        putFaq("once", "only once", "once");
        var question = shopper.asks("only once");
        shopper.replyTo(question);
        shopper.send(question);
        shopper.send(question);
        shopper.replyTo(shopper.asks("only once"));
        assertThat(shopper.repliesTo(question)).hasSize(1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stored(shopper.user, question))
                        .extracting(MessageStored::id)
                        .hasSizeGreaterThan(1)
                        .containsOnly(shopper.repliesTo(question).getFirst().id()));
    }

    @Test
    void aSlowQuestionOfOneUserHoldsUpNobodyElse() throws Exception {
        var slow = new CountDownLatch(1);
        NEIGHBOURS.orders(variables -> {
            try {
                assertThat(slow.await(1500, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return page(order("D-1", shopper.user.id(), "paid"));
        });
        putFaq("quick", "quick one", "here");
        var waiting = shopper.asks("我的快递到哪了");
        var behind = shopper.asks("quick one");
        var others = new ArrayList<Shopper>();
        for (int i = 0; i < 20; i++) {
            var other = new Shopper(UserKey.Kind.USER);
            other.warm();
            others.add(other);
        }
        var asked = others.stream().map(other -> other.asks("quick one")).toList();
        for (int i = 0; i < others.size(); i++) {
            others.get(i).replyTo(asked.get(i));
        }
        shopper.replyTo(behind);
        assertThat(SnowflakeIds.compare(
                        shopper.repliesTo(waiting).getFirst().id(),
                        shopper.repliesTo(behind).getFirst().id()))
                .as("a user's questions are answered in their order")
                .isNegative();
    }

    @Test
    void aSourceMaySeeWhatPeopleSaidBeforeTheQuestion() {
        shopper.stores(new Content.Text("is it in stock?"));
        log.writeSession(shopper.user, shopper.session("agent", 2, "anna"));
        log.append(Append.said(
                shopper.user,
                new Sender(Role.AGENT, "anna", "Anna"),
                UUID.randomUUID().toString(),
                shopper.sid,
                new Content.Text("from tomorrow on"),
                false));
        log.writeSession(shopper.user, shopper.session("bot", 3, null));
        var asked = shopper.stores(new Content.Text("and in blue?"));

        var question = reader.question(new Asked(shopper.user, shopper.sid, asked.id(), Language.EN, asked));

        assertThat(question.talk().said())
                .extracting(Message::content)
                .containsExactly(new Content.Text("is it in stock?"), new Content.Text("from tomorrow on"));
    }

    @Test
    void aReplyUnderAnOldOwnershipNumberBecomesANotice() {
        var question = shopper.stores(new Content.Text("hello there"));
        log.writeSession(shopper.user, shopper.session("agent", 2, "agent-1"));
        shopper.send(question);
        var reply = shopper.replyTo(question);
        assertThat(reply.from().role()).isEqualTo(Role.SYSTEM);
        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Notice.class,
                        notice -> assertThat(notice.code()).isEqualTo("handed_off"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stored(shopper.user, question))
                        .extracting(MessageStored::id)
                        .containsOnly(reply.id()));
        assertThat(draftOf(stored(shopper.user, question).getFirst()).from()).isEqualTo(Sender.BOT);
    }

    /// The process died after the append and before the record: only the log knows of the notice, and nobody of the
    /// draft.
    @Test
    void aDraftWhoseRecordWasLostIsInTheRecordOfTheNextDelivery() {
        var question = shopper.stores(new Content.Text("hello there"));
        log.writeSession(shopper.user, shopper.session("agent", 2, "agent-1"));
        var refused = (AppendOutcome.Fenced) log.append(Append.reply(
                shopper.user,
                shopper.sid,
                question.id(),
                1,
                new Content.Text("on its way"),
                new Answer("faq", 1, 1, null, null, null)));

        shopper.send(question);

        await().atMost(SOON).until(() -> !stored(shopper.user, question).isEmpty());
        var record = stored(shopper.user, question).getFirst();
        assertThat(record.id())
                .isEqualTo(java.util.Objects.requireNonNull(refused.notice()).id());
        assertThat(draftOf(record).replyTo()).isEqualTo(question.id());
        assertThat(draftOf(record).from()).isEqualTo(Sender.BOT);
        assertThat(shopper.repliesTo(question)).hasSize(1);
    }

    private static Message draftOf(MessageStored record) {
        return Message.of(record.id(), java.util.Objects.requireNonNull(record.draft()));
    }

    @Test
    void anAnswerThatTheLogLostWhileKafkaTookItsTimeIsThereInTheEnd() throws Exception {
        var question = shopper.stores(new Content.Text("hello"));
        var losses = new AtomicInteger();
        var slow = new KafkaTemplate<String, byte[]>(kafka.getProducerFactory()) {
            @Override
            public CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> record) {
                if (losses.getAndIncrement() == 0) {
                    long begun = System.nanoTime();
                    redis.delete(List.of(
                            RedisKeys.warm(shopper.user),
                            RedisKeys.chat(shopper.user),
                            RedisKeys.nonces(shopper.user)));
                    shopper.warm();
                    await().atMost(SOON).until(() -> System.nanoTime() - begun > Promptness.REFILL_WAITS.toNanos());
                }
                return super.send(record);
            }
        };
        var delivery = new Delivery(log, warming, slow, EVENTS, patience, Clock.systemUTC());

        var outcome = delivery.deliver(
                question.id(),
                Append.reply(
                        shopper.user,
                        shopper.sid,
                        question.id(),
                        1,
                        new Content.Text("hello"),
                        new Answer("faq", 1, 1, null, null, null)));

        assertThat(outcome).isEqualTo(Delivery.Outcome.STORED);
        assertThat(losses).hasValueGreaterThan(1);
        assertThat(shopper.repliesTo(question)).hasSize(1);
    }

    @Test
    void aUserWhomRedisLostIsWarmedFirst() {
        var question = shopper.stores(new Content.Text("hello"));
        redis.delete(
                List.of(RedisKeys.warm(shopper.user), RedisKeys.chat(shopper.user), RedisKeys.session(shopper.user)));
        var warmed = new AtomicInteger();
        NEIGHBOURS.warming(user -> {
            if (user.equals(shopper.user.tag()) && warmed.incrementAndGet() > 1) {
                shopper.warm();
            }
        });
        shopper.send(question);
        shopper.replyTo(question);
        assertThat(warmed).hasValueGreaterThan(1);
    }

    @Test
    void whoWantsAPersonIsHandedOff() {
        var question = shopper.asks("转人工");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(question.id());
                    assertThat(call.getString("user")).isEqualTo(shopper.user.tag());
                    assertThat(call.getString("session_id")).isEqualTo(shopper.sid);
                }));
        assertThat(shopper.repliesTo(question)).isEmpty();
    }

    @Test
    void aHandOffThatComesAgainIsCountedOnce() {
        double before = handedOffWhenAllIsQuiet();
        var question = shopper.asks("转人工");
        await().atMost(SOON).until(() -> handOffsOf(question) > 0 && handedOff() == before + 1);
        long asked = handOffsOf(question);

        shopper.send(question);
        await().atMost(SOON).until(() -> handOffsOf(question) > asked);
        shopper.replyTo(shopper.asks("words " + UUID.randomUUID()));

        assertThat(handedOff()).isEqualTo(before + 1);
    }

    /// A question of another test may have been handed off and not have been counted yet.
    private double handedOffWhenAllIsQuiet() {
        await().atMost(SOON)
                .until(() -> meters.get("xiaoer.bot.under.way").gauge().value() == 0);
        return handedOff();
    }

    private double handedOff() {
        var counter =
                meters.find("xiaoer.bot.questions").tag("outcome", "handed_off").counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void aHandOffWhoseAnswerWasLostIsAskedForAgainAndNotCalledFailed() {
        double before = handedOffWhenAllIsQuiet();
        NEIGHBOURS.handingOff(503);
        var question = shopper.asks("转人工");
        await().atMost(SOON).until(() -> handOffsOf(question) > 1);
        assertThat(shopper.repliesTo(question)).isEmpty();

        NEIGHBOURS.handingOff(200);

        var words = "words " + UUID.randomUUID();
        assertThat(shopper.replyTo(shopper.asks(words)).from()).isEqualTo(Sender.BOT);
        assertThat(shopper.repliesTo(question)).isEmpty();
        assertThat(handedOff()).as("it is counted by the call that was told").isEqualTo(before + 1);
    }

    private long handOffsOf(BotQuery question) {
        return NEIGHBOURS.handOffs().stream()
                .filter(call -> call.getString("question").equals(question.id()))
                .count();
    }

    @Test
    void whoIsNotAnsweredTwiceInARowIsPassedOn() throws Exception {
        shopper.replyTo(shopper.asks("qwertz " + UUID.randomUUID()));

        var second = shopper.asks("qwertz " + UUID.randomUUID());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(second.id());
                    assertThat(call.getString("reason")).isEqualTo("low_confidence");
                }));
        assertThat(shopper.repliesTo(second)).isEmpty();
    }

    @Test
    void whatIsLeftToPeopleIsHandedOffWithoutAWordForAPerson() {
        var question = shopper.asks("再不处理我要报警了");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(question.id());
                    assertThat(call.getString("reason")).isEqualTo("sensitive");
                }));
        assertThat(shopper.repliesTo(question)).isEmpty();
    }

    @Test
    void anAnswerIsMaskedByTheBuiltInWordsAndByThoseOfItsShop() throws Exception {
        var words = "words " + UUID.randomUUID();
        putFaq("entry-masked", words, "赌博不行，某宝也不行");
        assertThat(shopper.replyTo(shopper.asks(words)).content()).isEqualTo(new Content.Text("**不行，某宝也不行"));
        var defaults = ShopSettings.defaults(new ShopId(shop), Instant.now());
        var settings = new ShopSettings(
                shop,
                1,
                defaults.origins(),
                defaults.imageHosts(),
                defaults.hoursOfService(),
                defaults.greeting(),
                defaults.limits(),
                defaults.sourceDeadlines(),
                defaults.priceFloorPercent(),
                defaults.handOff(),
                new SensitiveWords(
                        List.of(new SensitiveWords.Category(
                                "rivals", SensitiveWords.Action.BLOCK, false, List.of("某宝"))),
                        List.of()),
                defaults.updatedAt());

        putFaq("entry-own", "怎么举报赌博 " + UUID.randomUUID(), "打电话");
        assertThat(shopper.replyTo(shopper.asks(words)).content())
                .as("a word of the shop's own questions")
                .isEqualTo(new Content.Text("赌博不行，某宝也不行"));

        produce(new ProducerRecord<>(Topic.SHOP_SETTINGS.topic(), shop, EventJson.encode(settings)));

        await().atMost(SOON)
                .until(() -> shopper.replyTo(shopper.asks(words)).content().equals(new Content.Text("赌博不行，**也不行")));
    }

    @Test
    void whoIsAnsweredInBetweenIsNotPassedOn() throws Exception {
        putFaq("entry-between", "门店几点开门", "每天九点。");
        shopper.replyTo(shopper.asks("明天上海天气好吗"));
        shopper.replyTo(shopper.asks("门店几点开门？"));

        var third = shopper.asks("给我讲个笑话听听");

        var reply = shopper.replyTo(third);
        assertThat(reply.content()).isInstanceOf(Content.Choice.class);
        assertThat(reply.answer())
                .isNotNull()
                .extracting(io.xiaoer.common.message.Answer::source)
                .isEqualTo("none");
        assertThat(NEIGHBOURS.handOffs())
                .noneMatch(call -> call.getString("question").equals(third.id()));
    }

    @Test
    void anEntryAnswersInOtherWordsAndSeveralThatMayBeMeantAreButtons() throws Exception {
        putFaq("hours", "门店几点开门", "每天九点。");
        putFaq("gift", "礼品卡怎么用", "结算时输入卡号。");
        putFaq("gift-lost", "礼品卡丢了怎么办", "联系客服挂失。");
        await().atMost(LEARNT)
                .until(() -> decision("请问门店是几点开门的呢").equals("answer")
                        && decision("礼品卡的问题").equals("choose"));

        assertThat(shopper.replyTo(shopper.asks("请问门店是几点开门的呢")).content()).isEqualTo(new Content.Text("每天九点。"));
        assertThat(shopper.replyTo(shopper.asks("礼品卡的问题")).content())
                .isInstanceOfSatisfying(Content.Choice.class, choice -> {
                    assertThat(choice.prompt()).startsWith("您是想问");
                    assertThat(choice.options())
                            .extracting(Content.Option::payload)
                            .contains("faq:gift", "faq:gift-lost");
                });
        assertThat(shopper.replyTo(shopper.says(new Content.Action("faq:gift-lost", "礼品卡丢了怎么办")))
                        .content())
                .isEqualTo(new Content.Text("联系客服挂失。"));
    }

    @Test
    void whereNobodyIsThereTheBotSaysThatItDoesNotKnow() {
        NEIGHBOURS.handingOff(409);
        shopper.replyTo(shopper.asks("qwertz " + UUID.randomUUID()));

        var second = shopper.asks("qwertz " + UUID.randomUUID());

        var reply = shopper.replyTo(second);
        assertThat(reply.content()).isInstanceOf(Content.Choice.class);
        assertThat(reply.from()).isEqualTo(Sender.BOT);
        assertThat(NEIGHBOURS.handOffs())
                .anyMatch(call -> call.getString("question").equals(second.id()));
    }

    @Test
    void whatCannotBeReadGetsANoticeAndIsParked() {
        var broken = new BotQuery(shopper.user.tag(), shopper.sid, ids.next(), 1, "zh", "", "{\"no\":\"message\"}");
        shopper.send(broken);
        var reply = shopper.replyTo(broken);
        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Notice.class,
                        notice -> assertThat(notice.code()).isEqualTo("cannot_process"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(read(Topic.BOT_QUERY.deadLetter()).stream()
                                .map(value ->
                                        EventJson.decode(value, BotQuery.class).id()))
                        .contains(broken.id()));
    }

    @Test
    void aQuestionWithItsOutcomeLeavesTheQueue() {
        var question = shopper.stores(new Content.Text("anything " + UUID.randomUUID()));
        var member = new WaitingQuestion(shopper.user, shopper.sid, question.id()).member();
        redis.opsForZSet().add(RedisKeys.queue(new ShopId(shop)), member, 1);
        shopper.send(question);
        await().atMost(SOON).until(() -> redis.opsForZSet().score(RedisKeys.queue(new ShopId(shop)), member) == null);
    }

    /// What the FAQ would do with a text.
    /// What a search decides once all entries are learnt.
    private String decision(String text) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/search"))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.toJSONString(Map.of("text", text))))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var found = http.send(request, BodyHandlers.ofString());
            assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
            var meta = JSON.parseObject(found.body()).getJSONObject("meta");
            return meta.getBooleanValue("learning") ? "none yet" : meta.getString("decision");
        }
    }

    private void putFaq(String id, String question, String answer) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/" + id))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.toJSONString(Map.of("question", question, "answer", answer))))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var put = http.send(request, BodyHandlers.ofString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        }
    }

    @SafeVarargs
    private static Map<String, Object> page(Map<String, Object>... orders) {
        return new LinkedHashMap<>(Map.of(
                "data", new LinkedHashMap<>(Map.of("orders", Map.of("nodes", List.of(orders))))));
    }

    @SafeVarargs
    @SuppressWarnings("unchecked")
    private static Map<String, Object> named(
            Map<String, Object> page, JSONObject variables, Map<String, Object>... known) {
        for (var order : known) {
            if (java.util.Objects.equals(order.get("id"), variables.getString("number"))) {
                ((Map<String, Object>) java.util.Objects.requireNonNull(page.get("data"))).put("order", order);
            }
        }
        return page;
    }

    @SafeVarargs
    private static Map<String, Object> order(String id, String user, String status, Map<String, Object>... parcels) {
        var order = new LinkedHashMap<String, Object>();
        order.put("id", id);
        order.put("user_id", user);
        order.put("status", status);
        order.put("placed_at", "2026-11-01T00:00:00Z");
        order.put("total", Map.of("amount_minor", 4784, "currency", "USD"));
        order.put("items", List.of(Map.of("sku", "1", "title", "Water Bottle", "quantity", 1)));
        order.put("shipments", List.of(parcels));
        order.put("after_sales", List.of());
        order.put("coupons", List.of());
        return order;
    }

    private static Map<String, Object> parcel(String carrier, String number, String status) {
        return Map.of(
                "carrier",
                carrier,
                "tracking_no",
                number,
                "status",
                status,
                "latest",
                Map.of("at", "2026-11-01T03:16:00Z", "text", "Departed sorting centre"));
    }

    private static JSONObject json(Map<String, Object> map) {
        return JSON.parseObject(JSON.toJSONString(map));
    }

    /// What stands in `cs.message` as replies to a question.
    private List<MessageStored> stored(UserKey user, BotQuery question) {
        return read(Topic.CS_MESSAGE.topic()).stream()
                .map(value -> EventJson.decode(value, MessageStored.class))
                .filter(event -> event.user().equals(user.tag()))
                .filter(event -> question.id()
                        .equals(Message.of(event.id(), event.body()).replyTo()))
                .toList();
    }

    private List<byte[]> read(String topic) {
        try (Consumer<String, byte[]> reader = consumers.createConsumer("reader-" + UUID.randomUUID(), "r", "r")) {
            var partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            var values = new ArrayList<byte[]>();
            while (partitions.stream()
                    .anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
                reader.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    /// Somebody who asks.
    private final class Shopper {

        private final UserKey user;
        private final String sid = ids.next();

        Shopper(UserKey.Kind kind) {
            user = new UserKey(new ShopId(shop), kind, UUID.randomUUID().toString());
        }

        OpenSession session(String owner, long number, @Nullable String holder) {
            return new OpenSession(sid, owner, number, holder, Instant.now().plusSeconds(3600), "zh", null);
        }

        void warm() {
            log.refill(user, "0", List.of(), session("bot", 1, null));
        }

        BotQuery asks(String text) {
            return says(new Content.Text(text));
        }

        BotQuery says(Content content) {
            var question = stores(content);
            send(question);
            return question;
        }

        BotQuery stores(Content content) {
            var outcome = log.append(Append.said(
                    user,
                    new Sender(Role.USER, user.id(), null),
                    UUID.randomUUID().toString(),
                    sid,
                    content,
                    false));
            return BotQuery.of(user, sid, (AppendOutcome.Stored) outcome);
        }

        void send(BotQuery question) {
            produce(EVENTS.record(Topic.BOT_QUERY, user.tag(), question.id(), question));
        }

        Message replyTo(BotQuery question) {
            await().atMost(SOON).until(() -> !repliesTo(question).isEmpty());
            return repliesTo(question).getFirst();
        }

        List<Message> repliesTo(BotQuery question) {
            return log.read(user, "0", 500).messages().stream()
                    .map(io.xiaoer.common.message.MessageResource::message)
                    .filter(message -> question.id().equals(message.replyTo()))
                    .toList();
        }
    }
}
