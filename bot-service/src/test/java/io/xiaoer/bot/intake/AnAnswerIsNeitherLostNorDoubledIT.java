package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.Promptness;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/// What is stopped, delivered again, moved, erased or lost between a question and its answer: the answer stands
/// once, or, where nobody may have it any more, not at all.
class AnAnswerIsNeitherLostNorDoubledIT extends RunningIntake {

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private Warming warming;

    @Autowired
    private Patience patience;

    @Autowired
    private QuestionPump pump;

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
}
