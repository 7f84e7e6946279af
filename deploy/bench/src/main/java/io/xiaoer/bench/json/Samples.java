package io.xiaoer.bench.json;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Sender;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// One of each: the frame that a shopper sends, the record of a message on Kafka, and the order card that is pushed.
final class Samples {
    private static final String ORDERS = "/demo/1001/orders.ndjson";
    private static final UserKey USER = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "james_li_5688");
    private static final String SESSION = "823465234523452345";
    private static final String QUESTION = "823465234523452399";
    private static final String ANSWER = "823465234523452401";
    private static final Instant AT = Instant.parse("2026-11-03T08:15:30.123Z");

    /// As a service's `spring.jackson` has it: snake case, dates as text, unknown fields ignored.
    static final JsonMapper JACKSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    final String frame = "{\"type\":\"send\",\"id\":\"5b1c9c3e-8f64-4c64-9d0e-2f5d3a1b7c88\",\"ts\":%d,\"sid\":\"%s\","
                    .formatted(AT.toEpochMilli(), SESSION)
            + "\"content\":{\"kind\":\"text\",\"text\":\"请问我的快递到哪了，周五之前能送到吗？\"}}";
    final MessageStored record;
    final byte[] recordBytes;
    final Map<String, Object> card;
    final String cardText;

    Samples() {
        card = card().attributes();
        cardText = JSON.toJSONString(card, JSONWriter.Feature.WriteMapNullValue);
        record = new MessageStored(
                USER.tag(), ANSWER, QUESTION, "bot:bot:r:" + QUESTION, "8d5e957f297893487bd98fa8", cardText, null);
        recordBytes = EventJson.encode(record);
    }

    private static Message card() {
        var order = order();
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", order.getString("order_id"));
        for (var field : List.of("status", "placed_at", "total", "items")) {
            shown.put(field, order.get(field));
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("order", shown);
        body.put(
                "shipments",
                order.getList("shipments", JSONObject.class).stream()
                        .map(Samples::shipment)
                        .toList());
        body.put("after_sales", List.of());
        body.put("coupons", List.of());
        body.put("as_of", AT.toString());
        body.put("missing", List.of());
        return new Message(
                ANSWER,
                SESSION,
                Sender.BOT,
                AT,
                new Content.Card("order", "您的订单正在路上。", body),
                QUESTION,
                new Answer("order", 0.93, 14, null, null, null));
    }

    private static Map<String, Object> shipment(JSONObject parcel) {
        var shown = new LinkedHashMap<String, Object>();
        for (var field : List.of("carrier", "tracking_no", "status")) {
            shown.put(field, parcel.get(field));
        }
        shown.put("latest", parcel.getJSONArray("events").getLast());
        return shown;
    }

    /// The first shipped order of the demo shop.
    private static JSONObject order() {
        try (var stream = Samples.class.getResourceAsStream(ORDERS)) {
            if (stream == null) {
                throw new FileNotFoundException(ORDERS);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(JSON::parseObject)
                    .filter(order -> !order.getJSONArray("shipments").isEmpty())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the libraries do not read or write the same; nothing if all is well.
    static List<String> disagreements() {
        var own = new Samples();
        var wrong = new ArrayList<String>();
        agree(wrong, "the frame", JSON.parseObject(own.frame), JACKSON.readValue(own.frame, MAP));
        agree(wrong, "the card as read", JSON.parseObject(own.cardText), JACKSON.readValue(own.cardText, MAP));
        agree(
                wrong,
                "the card as written",
                JSON.parseObject(own.cardText),
                JSON.parseObject(JACKSON.writeValueAsString(own.card)));
        var written = JACKSON.writeValueAsBytes(own.record);
        if (!own.record.equals(EventJson.decode(own.recordBytes, MessageStored.class))
                || !own.record.equals(EventJson.decode(written, MessageStored.class))
                || !own.record.equals(JACKSON.readValue(own.recordBytes, MessageStored.class))) {
            wrong.add("the record is not what it was");
        }
        return wrong;
    }

    private static void agree(List<String> wrong, String what, Object one, Object other) {
        if (!Objects.equals(sorted(one), sorted(other))) {
            wrong.add(what + " is not the same for both");
        }
    }

    private static String sorted(Object value) {
        return JSON.toJSONString(value, JSONWriter.Feature.SortMapEntriesByKeys, JSONWriter.Feature.WriteMapNullValue);
    }
}
