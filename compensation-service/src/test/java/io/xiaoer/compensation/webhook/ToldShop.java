package io.xiaoer.compensation.webhook;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.rest.RestJson;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;

/// A shop of its own: what its merchant asks for, and what happens in it.
final class ToldShop {
    static final String WEBHOOKS = "/api/v1/webhooks";
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

    private final String id = "w-" + UUID.randomUUID().toString().substring(0, 8);
    private final UserKey user = new UserKey(new ShopId(id), UserKey.Kind.USER, "li");
    private final String session = number();
    private final ServiceClient merchant;
    private final KafkaTemplate<String, byte[]> kafka;

    ToldShop(int port, KafkaTemplate<String, byte[]> kafka) {
        this.merchant = new ServiceClient(port, TestIssuers.merchant(id));
        this.kafka = kafka;
    }

    String id() {
        return id;
    }

    UserKey user() {
        return user;
    }

    String session() {
        return session;
    }

    ServiceClient merchant() {
        return merchant;
    }

    ServiceClient.Response create(String url, String... events) {
        return merchant.post(WEBHOOKS, Map.of("url", url, "events", List.of(events)));
    }

    ServiceClient.Response createUnder(String key, String url, String... events) {
        return merchant.postUnder(key, WEBHOOKS, Map.of("url", url, "events", List.of(events)));
    }

    JsonNode deliveries(String webhook) {
        return merchant.get(WEBHOOKS + "/" + webhook + "/deliveries").json().path("data");
    }

    String say(String text) {
        return say(text, Role.USER, null);
    }

    String say(String text, Role role, @Nullable String replyTo) {
        return say(text, role, replyTo, session);
    }

    String say(String text, Role role, @Nullable String replyTo, String sid) {
        return say(text, role, replyTo, sid, System.currentTimeMillis());
    }

    String say(String text, Role role, @Nullable String replyTo, String sid, long written) {
        var message = number();
        var said = new Message(
                message,
                sid,
                new Sender(role, role == Role.BOT ? "bot" : "li", null),
                Instant.now(),
                new Content.Text(text),
                replyTo,
                null);
        var event = new MessageStored(user.tag(), message, "0", "user:li:" + message, "h", said.body(), null);
        kafka.send(new ProducerRecord<>(Topic.Names.CS_MESSAGE, null, written, user.tag(), EventJson.encode(event)))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return message;
    }

    void change(String what, String owner, long number, SessionChanged.@Nullable Rating rating) {
        var event = new SessionChanged(
                user.tag(), session, owner, number, null, what, Instant.parse("2026-11-20T12:00:00Z"), rating);
        send(Topic.CS_SESSION, user.tag(), event);
    }

    void commerce(String type, @Nullable String command, Map<String, Object> body) {
        var event = new CommerceEvent(number(), id, type, "li", command, Instant.now(), body);
        send(Topic.COMMERCE_EVENT, command == null ? id : command, event);
    }

    void send(Topic topic, String key, Object event) {
        send(topic, key, EventJson.encode(event));
    }

    void send(Topic topic, String key, byte[] value) {
        kafka.send(topic.topic(), key, value).orTimeout(30, TimeUnit.SECONDS).join();
    }

    /// The id of a webhook that was made.
    static String id(ServiceClient.Response made) {
        return made.json().at("/data/id").asString();
    }

    static String secret(ServiceClient.Response made) {
        return made.attributes().path("secret").asString();
    }

    static JsonNode body(Receiver.Call call) {
        return RestJson.mapper().readTree(call.body());
    }

    static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }
}
