package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xiaoer.common.request.RequestContext;
import io.xiaoer.common.request.RequestIds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// Records on Kafka, and the file that lays out their topics.
class EventJsonTest {

    private static final Instant AT = Instant.parse("2026-11-11T08:00:00Z");

    @Test
    void anEventIsReadBackAsItWas() {
        var event = new CommerceEvent(
                "1",
                "1001",
                "command.applied",
                "u",
                null,
                AT,
                Map.of("content", Map.of("kind", "card", "order", Map.of("$ref", "$"))));

        byte[] bytes = EventJson.encode(event);

        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\"shop_id\":\"1001\"");
        assertThat(EventJson.decode(bytes, CommerceEvent.class)).isEqualTo(event);
        var query = new BotQuery("1001:u.a", "5", "6", 3, "zh", "", "{}");
        assertThat(EventJson.decode(EventJson.encode(query), BotQuery.class)).isEqualTo(query);
    }

    @Test
    void whatIsNoEventIsUnreadable() {
        for (String text : new String[] {"", "null", "[1]", "{\"id\":", "{\"id\":0", "{\"id\":\"\\u4", "nonsense"}) {
            assertThatExceptionOfType(EventJson.Unreadable.class)
                    .isThrownBy(() -> EventJson.decode(bytes(text), BotQuery.class));
        }
    }

    @Test
    void theTextOfAListIsNotTheTextInIt() {
        var event = EventJson.decode(bytes("{\"shop_id\":[\"1002\"]}"), CommerceEvent.class);

        assertThat(event.shopId()).isEqualTo("[\"1002\"]");
    }

    @Test
    void aRecordAsItIsReadSaysWhatItsReadersTakeItFor() {
        for (String text : new String[] {
            "{\"shop_id\":1002}",
            "{\"shop_id\":\"1001\",\"shop_id\":\"1002\"}",
            "{\"shop_id\":\"1002\",\"shopId\":\"1001\",\"SHOP_ID\":\"1001\",\"user\":\"1001:u.a\"}",
            "{\"shop_id\":\"1001\",\"\\tzik\\u001e\\f<\\u001d\\u0018.h\":\"1002\"}" // hashed as the other
        }) {
            var read = EventJson.asRead(bytes(text), CommerceEvent.class);

            assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo("{\"shop_id\":\"1002\"}");
            assertThat(EventJson.decode(bytes(text), CommerceEvent.class).shopId())
                    .isEqualTo("1002");
        }
    }

    @Test
    void aTopicSaysWhatItsRecordsAre() {
        assertThat(Topic.values()).allSatisfy(topic -> {
            assertThat(Topic.named(topic.topic())).contains(topic);
            assertThat(topic.form().isRecord()).isTrue();
        });
        assertThat(Topic.named("webhook.delivery")).isEmpty();
    }

    @Test
    void aRatingTravelsWithItsChange() {
        var rated = new SessionChanged("1001:u.a", "5", "bot", 1, null, "rated", AT, new SessionChanged.Rating(4, "好"));

        assertThat(EventJson.decode(EventJson.encode(rated), SessionChanged.class))
                .isEqualTo(rated);
        var closed = SessionChanged.of("1001:u.a", "5", "closed", 2, null, "closed", AT);
        assertThat(EventJson.decode(EventJson.encode(closed), SessionChanged.class))
                .isEqualTo(closed);
    }

    @Test
    void aRecordCarriesItsOriginInHeaders() {
        var writer = new EventWriter("session-service", Clock.fixed(AT, ZoneOffset.UTC));

        var record =
                writer.record(Topic.CS_SESSION, "1001:u.a", "77", SessionChanged.of("a", "5", "bot", 1, null, "x", AT));

        assertThat(record.topic()).isEqualTo("cs.session");
        assertThat(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .isEqualTo("77");
        assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .isEqualTo("io.xiaoer.SessionChanged");
    }

    @Test
    void aRecordCarriesTheCallThatLedToItAndItsConsumerGoesOnWithIt() {
        var writer = new EventWriter("session-service", Clock.fixed(AT, ZoneOffset.UTC));
        var call = RequestContext.of("r-1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var event = SessionChanged.of("a", "5", "bot", 1, null, "x", AT);
        ProducerRecord<String, byte[]> sent;
        try (var ignored = RequestIds.open(call)) {
            sent = writer.record(Topic.CS_SESSION, "1001:u.a", "77", event);
        }

        var received = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);

        try (var ignored = RecordScope.of(received)) {
            assertThat(RequestIds.context()).isEqualTo(call);
        }
        assertThat(RequestIds.context()).isNull();
    }

    @Test
    void theFileOfTopicsAndTheCodeNameTheSame() throws Exception {
        var file = new Properties();
        try (var in = getClass().getResourceAsStream("/topics.properties")) {
            file.load(in);
        }
        var expected = new TreeSet<String>();
        Arrays.stream(Topic.values()).forEach(topic -> {
            expected.add(topic.topic() + ".partitions");
            expected.add(topic.topic() + ".retention-hours");
            expected.add(topic.topic() + ".owner");
        });

        assertThat(new TreeSet<>(file.stringPropertyNames())).isEqualTo(expected);
        assertThat(TopicPlan.all())
                .allSatisfy(plan -> assertThat(plan.partitions()).isPositive());
        assertThat(TopicPlan.topicsOf("order-sync-service", (short) 1)).hasSize(6);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
