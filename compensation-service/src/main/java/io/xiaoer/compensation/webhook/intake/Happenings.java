package io.xiaoer.compensation.webhook.intake;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.compensation.webhook.WebhookEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the records of Kafka say to endpoints. What is shown is what the shop's own people and programs see: messages
/// as the shopper's devices were given them, commands as `GET /api/v1/commands/{id}` has them.
/// What they cannot make sense of they refuse with whatever its parts refuse it.
final class Happenings {
    private static final String ATTRIBUTES = "attributes";

    private Happenings() {}

    static Optional<Happening> ofMessage(byte[] value) {
        var stored = EventJson.decode(value, MessageStored.class);
        var user = UserKey.parse(stored.user());
        if (user.kind() == UserKey.Kind.AGENT) {
            return Optional.empty();
        }
        var message = Message.of(stored.id(), stored.body());
        var data = new MessageResource(stored.id(), stored.prev(), stored.body()).toMap();
        if (data.get(ATTRIBUTES) instanceof Map<?, ?> attributes) {
            var all = new LinkedHashMap<String, Object>();
            attributes.forEach((name, each) -> all.put(String.valueOf(name), each));
            all.put("user", shown(user));
            data.put(ATTRIBUTES, all);
        }
        var session = message.sessionId();
        return Optional.of(new Happening(
                user.shop(),
                WebhookEvent.MESSAGE_CREATED,
                user.tag() + ' ' + stored.id(),
                session == null ? "user-" + user.digest() : session,
                user.tag(),
                message.sentAt(),
                data));
    }

    static Optional<Happening> ofSession(SessionChanged change) {
        var user = UserKey.parse(change.user());
        var rating = change.rating();
        var attributes = new LinkedHashMap<String, Object>();
        return switch (change.what()) {
            case "created" -> Optional.of(session(change, user, WebhookEvent.SESSION_CREATED));
            case "handed_off" -> Optional.of(session(change, user, WebhookEvent.SESSION_HANDED_OFF));
            case "closed" -> Optional.of(session(change, user, WebhookEvent.SESSION_CLOSED));
            case "rated" -> {
                if (rating == null) {
                    yield Optional.empty();
                }
                attributes.put("session_id", change.sessionId());
                attributes.put("user", shown(user));
                attributes.put("score", rating.score());
                if (rating.comment() != null) {
                    attributes.put("comment", rating.comment());
                }
                yield Optional.of(happening(change, user, WebhookEvent.RATING_CREATED, "rating", attributes));
            }
            default -> Optional.empty();
        };
    }

    private static Happening session(SessionChanged change, UserKey user, WebhookEvent event) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("owner", change.owner());
        attributes.put("user", shown(user));
        if (change.agent() != null) {
            attributes.put("agent", Map.of("id", change.agent()));
        }
        return happening(change, user, event, "session", attributes);
    }

    private static Happening happening(
            SessionChanged change, UserKey user, WebhookEvent event, String type, Map<String, Object> attributes) {
        return new Happening(
                user.shop(),
                event,
                change.sessionId() + ' ' + change.number() + ' ' + change.at(),
                change.sessionId(),
                user.tag(),
                change.at(),
                resource(change.sessionId(), type, attributes));
    }

    static Optional<Happening> ofCommerce(CommerceEvent event) {
        var what = WebhookEvent.subscribable(event.type());
        var command = event.commandId();
        if (what.isEmpty() || command == null) {
            return Optional.empty();
        }
        var attributes = new LinkedHashMap<String, Object>();
        for (var name : new String[] {"kind", "status", "reason"}) {
            if (event.body().get(name) != null) {
                attributes.put(name, Objects.requireNonNull(event.body().get(name)));
            }
        }
        return Optional.of(new Happening(
                new ShopId(event.shopId()),
                what.get(),
                event.id(),
                command,
                null,
                event.at(),
                resource(command, "command", attributes)));
    }

    private static Map<String, Object> shown(UserKey user) {
        return Map.of("id", user.id(), "kind", user.kind().name().toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> resource(String id, String type, Map<String, Object> attributes) {
        var resource = new LinkedHashMap<String, Object>();
        resource.put("id", id);
        resource.put("type", type);
        resource.put(ATTRIBUTES, attributes);
        return resource;
    }
}
