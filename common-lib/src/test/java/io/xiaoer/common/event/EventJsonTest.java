package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.json.PlainJson;
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
        var event = EventJson.decode(commerce("\"shop_id\":[\"1002\"]"), CommerceEvent.class);

        assertThat(event.shopId()).isEqualTo("[\"1002\"]");
    }

    @Test
    void aRecordAsItIsReadSaysWhatItsReadersTakeItFor() {
        for (String named : new String[] {
            "\"shop_id\":1002",
            "\"shop_id\":\"1001\",\"shop_id\":\"1002\"",
            "\"shop_id\":\"1002\",\"shopId\":\"1001\",\"SHOP_ID\":\"1001\",\"user\":\"1001:u.a\"",
            "\"shop_id\":\"1001\",\"\\tzik\\u001e\\f<\\u001d\\u0018.h\":\"1002\"" // hashed as the other
        }) {
            var read = EventJson.asRead(commerce(named), CommerceEvent.class);

            assertThat(JSON.parseObject(read))
                    .containsOnlyKeys("id", "shop_id", "type", "at", "body")
                    .containsEntry("shop_id", "1002");
            assertThat(EventJson.decode(commerce(named), CommerceEvent.class).shopId())
                    .isEqualTo("1002");
        }
    }

    private static byte[] commerce(String named) {
        return bytes(
                "{\"id\":\"1\",\"type\":\"order.paid\",\"at\":\"2026-11-01T00:00:00Z\",\"body\":{}," + named + "}");
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
    void aRecordThatLacksWhatItMustHaveIsUnreadable() {
        var change = new SessionChanged("1001:u.a", "5", "bot", 1, "a", "rated", AT, new SessionChanged.Rating(4, "好"));
        var event = new CommerceEvent("1", "1001", "command.applied", "u", "2", AT, Map.of());
        var command = new CommerceCommand("1", "1001", "coupon", "u", Map.of(), "m", AT);
        var stored = new MessageStored("1001:u.a", "6", "0", "user:a:1", "h", "{}", "{}");
        var query = new BotQuery("1001:u.a", "5", "6", 3, "zh", "7", "{}");
        var order = new PlatformOrder("1", "1001", "shopify", "7", "currency", AT);
        var settings = ShopSettings.defaults(new ShopId("1001"), AT);

        assertNeeds(change, "user", "session_id", "owner", "what", "at");
        assertNeeds(event, "id", "shop_id", "type", "at", "body");
        assertNeeds(command, "id", "shop_id", "kind", "arguments", "requested_by", "at");
        assertNeeds(stored, "user", "id", "prev", "nonce", "hash", "body");
        assertNeeds(query, "user", "session_id", "id", "body");
        assertNeeds(order, "id", "shop_id", "source", "order_id", "rule", "at");
        assertNeeds(
                settings,
                "shop_id",
                "origins",
                "image_hosts",
                "hours_of_service",
                "greeting",
                "limits",
                "source_deadlines",
                "updated_at");
    }

    /// These fields must be there, and nothing else: a build that is older or newer may not know of it.
    private static void assertNeeds(Record whole, String... needed) {
        assertThat(EventJson.decode(EventJson.encode(whole), whole.getClass())).isEqualTo(whole);
        var fields = PlainJson.object(new String(EventJson.encode(whole), StandardCharsets.UTF_8));
        var refused = new TreeSet<String>();
        for (var field : fields.keySet()) {
            var less = new JSONObject(fields);
            less.put(field, null);
            boolean absent = isRead(JSON.toJSONBytes(less), whole.getClass());
            boolean empty = isRead(JSON.toJSONBytes(less, JSONWriter.Feature.WriteMapNullValue), whole.getClass());
            assertThat(absent).as(field).isEqualTo(empty);
            if (!absent) {
                refused.add(field);
            }
        }
        assertThat(refused).containsExactlyInAnyOrder(needed);
    }

    private static boolean isRead(byte[] bytes, Class<? extends Record> type) {
        try {
            EventJson.decode(bytes, type);
            return true;
        } catch (EventJson.Unreadable incomplete) {
            return false;
        }
    }

    @Test
    void whatARecordHoldsIsWholeToo() {
        var settings =
                new String(EventJson.encode(ShopSettings.defaults(new ShopId("1001"), AT)), StandardCharsets.UTF_8);
        var dayless = settings.replace("\"weekly\":[]", "\"weekly\":[{\"from\":\"09:00\",\"to\":\"18:00\"}]");
        var unknown = settings.replace("\"AUTOMATIC\"", "\"ROBOTS\"");

        assertThat(EventJson.decode(settings.getBytes(StandardCharsets.UTF_8), ShopSettings.class))
                .isNotNull();
        assertThatExceptionOfType(EventJson.Unreadable.class)
                .isThrownBy(() -> EventJson.decode(dayless.getBytes(StandardCharsets.UTF_8), ShopSettings.class))
                .withMessage("a ShopSettings without hours_of_service.weekly.day");
        assertThatExceptionOfType(EventJson.Unreadable.class)
                .isThrownBy(() -> EventJson.decode(unknown.getBytes(StandardCharsets.UTF_8), ShopSettings.class));
    }

    @Test
    void aQuestionOfAnUnknownLanguageAboutNoOrderIsOne() {
        var bytes = "{\"user\":\"1001:u.a\",\"session_id\":\"5\",\"id\":\"6\",\"number\":3,\"body\":\"{}\"}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(EventJson.decode(bytes, BotQuery.class))
                .isEqualTo(new BotQuery("1001:u.a", "5", "6", 3, "", "", "{}"));
    }

    @Test
    void anErasureIsOfSomebodyAtATimeThatCanBeStored() {
        var erased = SessionChanged.of("1001:u.a", "", "closed", 0, null, "erased", AT);

        assertThat(Erased.of(erased)).contains(new Erased(UserKey.parse("1001:u.a"), AT));
        assertThat(Erased.of(SessionChanged.of("nobody", "5", "closed", 0, null, "closed", Instant.MAX)))
                .isEmpty();
        for (var broken : new SessionChanged[] {
            SessionChanged.of("nobody", "", "closed", 0, null, "erased", AT),
            SessionChanged.of("1001:u.a", "", "closed", 0, null, "erased", Instant.parse("+10000-01-01T00:00:00Z")),
            SessionChanged.of("1001:u.a", "", "closed", 0, null, "erased", Instant.MIN)
        }) {
            assertThatExceptionOfType(EventJson.Unreadable.class).isThrownBy(() -> Erased.of(broken));
        }
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
