package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The road of a message, proved by what happens when a part of it is missing.
class RoadIT {

    private final Suite suite = Suite.get();

    @Test
    void aQuestionAskedWhileTheBotIsAwayIsAnsweredOnceWhenItReturns() throws Exception {
        var faq = Made.faq(Made.SHOP);
        var shopper = Shopper.random(Made.SHOP);
        String question;
        try (var halted = Suite.halt("bot-service")) {
            assertThat(halted).isNotNull();
            long before = lag();
            var reply = shopper.say(faq.question(), "Prefer", "wait=1");
            assertThat(reply.status()).isEqualTo(202);
            question = reply.data().getString("id");
            assertThat(shopper.answersTo(question)).isEmpty();
            assertThat(lag() - before).isEqualTo(1);
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !shopper.answersTo(question).isEmpty());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lag() == 0);
        assertThat(shopper.answersTo(question)).hasSize(1);
        assertThat(shopper.answersTo(question).getFirst().toString()).contains(faq.answer());
    }

    @Test
    void devicesOnTwoNodesSeeTheSameLog() {
        var nodes = Suite.processes("session-service");
        assertThat(nodes).hasSize(2);
        var faq = Made.faq(Made.SHOP);
        var shopper = Shopper.random(Made.SHOP);
        String token = shopper.rest().token();
        try (var phone = Device.connect(address(nodes.getFirst().getIntValue("port")), token, "app");
                var mall = Device.connect(address(nodes.getLast().getIntValue("port")), token, "web")) {
            String first = "from the phone " + Made.word();
            String id = phone.send(shopper.sid(), first);
            phone.await("ack", frame -> id.equals(frame.getString("id")));
            mall.awaitMessage(first);
            mall.send(shopper.sid(), faq.question());

            phone.awaitMessage(faq.answer());
            mall.awaitMessage(faq.answer());

            var log = shopper.log().stream()
                    .map(message -> message.getString("id"))
                    .toList();
            Awaitility.await().untilAsserted(() -> {
                assertThat(phone.messageIds()).isEqualTo(log);
                assertThat(mall.messageIds()).isEqualTo(log);
            });
        }
    }

    @Test
    void anEmptiedRedisChangesNothingThatAShopperSees() throws Exception {
        var faq = Made.faq(Made.SHOP);
        var shopper = Shopper.random(Made.SHOP);
        String id = "m-" + Made.word();
        var first =
                shopper.rest().post(shopper.messages(), Map.of("id", id, "text", faq.question()), "Prefer", "wait=10");
        assertThat(first.status()).isEqualTo(200);
        var before = shopper.log();
        try (var device = Device.connect(suite.gateway(), shopper.rest().token(), "app");
                var redis = redis()) {
            redis.command("FLUSHALL");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(shopper.log()).isEqualTo(before));
            device.write(Map.of("type", "sync", "after", "0"));
            device.await("synced", frame -> frame.getBooleanValue("recovered"));
            assertThat(device.messageIds())
                    .isEqualTo(before.stream()
                            .map(message -> message.getString("id"))
                            .toList());

            var again = shopper.rest().post(shopper.messages(), Map.of("id", id, "text", faq.question()));
            assertThat(again.data().getString("id")).isEqualTo(first.data().getString("id"));
            String live = "after the flush " + Made.word();
            device.send(shopper.sid(), live);
            device.awaitMessage(live);
        }
    }

    @Test
    void talkGoesOnWithoutTheDatabaseAndTheArchiveCatchesUp() throws Exception {
        var faq = Made.faq(Made.SHOP);
        var shopper = Shopper.random(Made.SHOP);
        shopper.ask(faq.question());
        var said = new ArrayList<String>();
        try (var halted = Suite.halt("mariadb")) {
            assertThat(halted).isNotNull();
            for (int i = 0; i < 5; i++) {
                assertThat(shopper.ask(faq.question()).getJSONObject("content").getString("text"))
                        .isEqualTo(faq.answer());
            }
            shopper.log().forEach(message -> said.add(message.getString("id")));
        }
        assertThat(said).hasSizeGreaterThanOrEqualTo(12);

        Awaitility.await().atMost(Duration.ofSeconds(90)).ignoreExceptions().untilAsserted(() -> {
            var archived = shopper.rest().get(shopper.messages() + "?before=9223372036854775807&limit=200");
            assertThat(archived.list().stream().map(message -> message.getString("id")))
                    .containsAll(said);
        });
    }

    @Test
    void aWaitingLongPollAsksRedisNothing() throws Exception {
        var shoppers = new ArrayList<Shopper>();
        for (int i = 0; i < 10; i++) {
            shoppers.add(Shopper.random(Made.SHOP));
        }
        try (var redis = redis();
                var other = redis()) {
            var waiting = new ArrayList<CompletableFuture<Rest.Reply>>();
            for (Shopper shopper : shoppers) {
                waiting.add(shopper.rest().getLater(shopper.messages() + "?last_message_id=0&wait=25"));
            }
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(3))
                    .until(() -> waiting.stream().noneMatch(CompletableFuture::isDone));
            redis.monitor();
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(6))
                    .until(() -> waiting.stream().noneMatch(CompletableFuture::isDone));
            assertThat(redis.told(other))
                    .as("commands about those who wait")
                    .filteredOn(line -> shoppers.stream().anyMatch(each -> line.contains(each.userId())))
                    .isEmpty();

            String text = "wake up " + Made.word();
            shoppers.getFirst().say(text);
            assertThat(waiting.getFirst().orTimeout(30, TimeUnit.SECONDS).join().text())
                    .contains(text);
            assertThat(waiting.get(1).orTimeout(30, TimeUnit.SECONDS).join().list())
                    .isEmpty();
        }
    }

    private static java.net.URI address(int port) {
        return java.net.URI.create("http://127.0.0.1:" + port);
    }

    private static RedisProbe redis() throws IOException {
        return new RedisProbe(Suite.process("redis").getIntValue("port"), Secrets.read("redis"));
    }

    /// How many questions the bot has not let go of.
    private static long lag() throws Exception {
        try (var admin = Admin.create(Map.of(
                "bootstrap.servers", "127.0.0.1:" + Suite.process("kafka").getIntValue("port")))) {
            var topic = Objects.requireNonNull(admin.describeTopics(List.of("bot.query"))
                    .allTopicNames()
                    .get()
                    .get("bot.query"));
            var partitions = topic.partitions().stream()
                    .map(each -> new TopicPartition("bot.query", each.partition()))
                    .toList();
            var ends = new HashMap<TopicPartition, OffsetSpec>();
            partitions.forEach(each -> ends.put(each, OffsetSpec.latest()));
            var end = admin.listOffsets(ends).all().get();
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("bot-service")
                    .partitionsToOffsetAndMetadata()
                    .get();
            long lag = 0;
            for (TopicPartition each : partitions) {
                var done = committed.get(each);
                lag += Objects.requireNonNull(end.get(each)).offset() - (done == null ? 0 : done.offset());
            }
            return lag;
        }
    }
}
