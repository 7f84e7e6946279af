package io.xiaoer.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;

/// The archiver and records that are none.
@SessionServiceTest
class ArchiverIT {

    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private Archive archive;

    @Autowired
    private MeterRegistry meters;

    @Test
    void aRecordThatCannotBeReadIsParkedAndTheArchiveGoesOn() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var poison = poison(shopper.key());

        for (String record : poison) {
            kafka.send(Topic.Names.CS_MESSAGE, shopper.key().tag(), record.getBytes(StandardCharsets.UTF_8))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }
        String said = shopper.say(sid, "after the poison");

        await().atMost(Duration.ofSeconds(40))
                .until(() -> archive.read(shopper.key(), "0", 10).stream()
                        .anyMatch(message -> message.id().equals(said)));
        var parked = new HashSet<String>();
        try (var letters = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        RealServers.kafkaBootstrap(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "test-" + UUID.randomUUID(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            letters.subscribe(Set.of(Topic.CS_MESSAGE.deadLetter()));
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                letters.poll(Duration.ofMillis(200)).forEach(record -> parked.add(record.value()));
                return parked.containsAll(poison);
            });
        }
        assertThat(parked).containsAll(poison);
    }

    /// An archiver that stands still archives nothing that could tell how far behind it is.
    @Test
    void whatIsLeftToArchiveIsToldByTheConsumer() {
        assertThat(meters.find("kafka.consumer.fetch.manager.records.lag.max").gauges())
                .extracting(gauge -> String.valueOf(gauge.getId().getTag("client.id")))
                .anyMatch(client -> client.contains("-archive"))
                .anyMatch(client -> client.contains("-news"));
    }

    /// What is no message, lacks something that a message has, or has it in a form that the table
    /// does not take.
    private static List<String> poison(UserKey user) {
        var said = new Message(
                "5",
                "6",
                new Sender(Role.USER, user.id(), null),
                Instant.parse("2026-11-20T12:00:00Z"),
                new Content.Text("poison " + UUID.randomUUID()),
                null,
                null);
        var nonce = "user:" + user.id() + ":1";
        var whole = new String(
                EventJson.encode(new MessageStored(user.tag(), "5", "0", nonce, "h", said.body(), null)),
                StandardCharsets.UTF_8);
        assertThat(whole).contains("\"hash\":\"h\"");
        return List.of(
                "no message at all " + UUID.randomUUID(),
                whole.replace("\"hash\":\"h\"", "\"cash\":\"h\""),
                whole.replace("\"hash\":\"h\"", "\"hash\":\"无\""),
                whole.replace("\"hash\":\"h\"", "\"hash\":\"" + "h".repeat(65) + "\""),
                whole.replace(nonce, nonce.repeat(20)),
                whole.replace("sent_at", "sent"));
    }
}
