package io.xiaoer.session.handoff;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.xiaoer.session.conversation.Change;
import io.xiaoer.session.conversation.Owner;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// The figures of hand-offs.
@Component
class HandOffMeters {

    private final Map<Change, Counter> changes = new EnumMap<>(Change.class);
    private final Map<Owner, AtomicLong> sessions = new EnumMap<>(Owner.class);
    private final Timer wait;
    private final Timer handling;

    HandOffMeters(MeterRegistry registry) {
        for (var change : Change.values()) {
            changes.put(
                    change,
                    Counter.builder("xiaoer.handoff.changes")
                            .description("Changes of owner that hand-off made")
                            .tag("change", change.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (var owner : new Owner[] {Owner.QUEUE, Owner.AGENT}) {
            var count = new AtomicLong();
            sessions.put(owner, count);
            Gauge.builder("xiaoer.handoff.sessions", count, AtomicLong::get)
                    .description(
                            "Sessions of all shops that wait for a person or are held by one, as the last sweep saw")
                    .tag("owner", owner.label())
                    .register(registry);
        }
        wait = Timer.builder("xiaoer.handoff.wait")
                .description("From entering the queue to an agent")
                .register(registry);
        handling = Timer.builder("xiaoer.handoff.handling")
                .description("How long an agent held a session")
                .register(registry);
    }

    void changed(Change change) {
        var counter = changes.get(change);
        if (counter != null) {
            counter.increment();
        }
    }

    /// A session left an owner that had it for so long.
    void left(Owner owner, Duration lasted) {
        switch (owner) {
            case QUEUE -> wait.record(lasted);
            case AGENT -> handling.record(lasted);
            case BOT, CLOSED -> {}
        }
    }

    void sessions(Owner owner, long count) {
        var known = sessions.get(owner);
        if (known != null) {
            known.set(count);
        }
    }
}
