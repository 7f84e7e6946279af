package io.xiaoer.session.conversation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// The figures of conversations.
@Component
class ConversationMeters {

    /// What most messages take is seen, not only what they take in the mean.
    private static final Duration[] CLASSES = Stream.of(5, 10, 20, 50, 100, 200, 500, 1_000, 3_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<Durability.Place, Counter> durable = new EnumMap<>(Durability.Place.class);
    private final Map<Taken, Timer> taken = new EnumMap<>(Taken.class);
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
    private final Counter overdue;

    /// Why something was not admitted, as a tag.
    enum Refusal {
        /// A question got a notice, since the shop has too many waiting.
        BACKLOG,
        /// A shopper sent too many messages.
        LIMIT,
        /// A message held words that the shop refuses.
        WORDS
    }

    /// What became of messages, as a tag.
    enum Taken {
        ACCEPTED,
        DUPLICATE,
        CONFLICT,
        CLOSED,
        NOT_FOUND,
        FORBIDDEN,
        FENCED,
        REFUSED,
        LIMITED,
        UNAVAILABLE
    }

    ConversationMeters(MeterRegistry registry) {
        for (var place : Durability.Place.values()) {
            durable.put(
                    place,
                    Counter.builder("xiaoer.durable")
                            .description("Messages by where they became durable before their acknowledgement")
                            .tag("place", place.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (var outcome : Taken.values()) {
            taken.put(
                    outcome,
                    Timer.builder("xiaoer.message.taken")
                            .description("From a message's arrival to its acknowledgement or refusal")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(CLASSES)
                            .register(registry));
        }
        for (var reason : Refusal.values()) {
            refused.put(
                    reason,
                    Counter.builder("xiaoer.admission.refused")
                            .description("Questions that the bot was not asked and messages that were not taken")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        overdue = Counter.builder("xiaoer.question.overdue")
                .description("Questions that waited too long and got a notice instead of an answer")
                .register(registry);
    }

    void durable(Durability.Place place) {
        count(durable.get(place));
    }

    void taken(MessageRoad.Outcome outcome, Duration elapsed) {
        var timer = taken.get(tag(outcome));
        if (timer != null) {
            timer.record(elapsed);
        }
    }

    void refused(Refusal reason) {
        count(refused.get(reason));
    }

    void overdue() {
        overdue.increment();
    }

    private static void count(@org.jspecify.annotations.Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    private static Taken tag(MessageRoad.Outcome outcome) {
        return switch (outcome) {
            case MessageRoad.Outcome.Accepted accepted -> accepted.duplicate() ? Taken.DUPLICATE : Taken.ACCEPTED;
            case MessageRoad.Outcome.Conflict conflict -> Taken.CONFLICT;
            case MessageRoad.Outcome.Closed closed -> Taken.CLOSED;
            case MessageRoad.Outcome.NotFound notFound -> Taken.NOT_FOUND;
            case MessageRoad.Outcome.Forbidden forbidden -> Taken.FORBIDDEN;
            case MessageRoad.Outcome.Fenced fenced -> Taken.FENCED;
            case MessageRoad.Outcome.Refused refused -> Taken.REFUSED;
            case MessageRoad.Outcome.Limited limited -> Taken.LIMITED;
            case MessageRoad.Outcome.Unavailable unavailable -> Taken.UNAVAILABLE;
        };
    }
}
