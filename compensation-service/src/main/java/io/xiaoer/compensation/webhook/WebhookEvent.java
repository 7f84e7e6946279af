package io.xiaoer.compensation.webhook;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What an endpoint can be told of.
public enum WebhookEvent {
    SESSION_CREATED,
    SESSION_HANDED_OFF,
    SESSION_CLOSED,
    MESSAGE_CREATED,
    COMMAND_APPLIED,
    COMMAND_FAILED,
    RATING_CREATED,
    /// Sent when its merchant asks for it; nobody subscribes to it.
    WEBHOOK_TEST;

    /// The name on the wire: the noun, a dot, the rest.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /// The event of this name, if it is one that can be subscribed to.
    public static Optional<WebhookEvent> subscribable(String code) {
        return Arrays.stream(values())
                .filter(event -> event != WEBHOOK_TEST && event.code().equals(code))
                .findFirst();
    }

    static String joined(Set<WebhookEvent> events) {
        return events.stream().map(WebhookEvent::code).collect(Collectors.joining(","));
    }

    static Set<WebhookEvent> split(String joined) {
        var events = EnumSet.noneOf(WebhookEvent.class);
        for (var code : joined.split(",", -1)) {
            subscribable(code).ifPresent(events::add);
        }
        return events;
    }
}
