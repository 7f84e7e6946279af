package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bot.RunningBot;
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
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;

/// A shop of which questions are asked: they go into Kafka, and what comes of them is read from the shopper's
/// log and from `cs.message`. Each test has a shop and a shopper of its own.
abstract class RunningIntake extends RunningBot {

    static final Duration SOON = Duration.ofSeconds(60);
    static final EventWriter EVENTS = new EventWriter("test", Clock.systemUTC());

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    Shopper shopper;

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

    void putFaq(String id, String question, String answer) throws Exception {
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
    static Map<String, Object> page(Map<String, Object>... orders) {
        return new LinkedHashMap<>(Map.of(
                "data", new LinkedHashMap<>(Map.of("orders", Map.of("nodes", List.of(orders))))));
    }

    @SafeVarargs
    static Map<String, Object> order(String id, String user, String status, Map<String, Object>... parcels) {
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

    static Map<String, Object> parcel(String carrier, String number, String status) {
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

    static JSONObject json(Map<String, Object> map) {
        return JSON.parseObject(JSON.toJSONString(map));
    }

    /// What stands in `cs.message` as replies to a question.
    List<MessageStored> stored(UserKey user, BotQuery question) {
        return read(Topic.CS_MESSAGE.topic()).stream()
                .map(value -> EventJson.decode(value, MessageStored.class))
                .filter(event -> event.user().equals(user.tag()))
                .filter(event -> question.id()
                        .equals(Message.of(event.id(), event.body()).replyTo()))
                .toList();
    }

    List<byte[]> read(String topic) {
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
    final class Shopper {

        final UserKey user;
        final String sid = ids.next();

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
