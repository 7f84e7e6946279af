package io.xiaoer.ordersync.command;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells how commands ended, through the outbox, in the caller's transaction.
@Component
class OutcomeEvents {
    private final Outbox outbox;
    private final EventWriter events;

    OutcomeEvents(Outbox outbox, EventWriter events) {
        this.outbox = outbox;
        this.events = events;
    }

    /// @param task the compensation task that waits for this outcome, if one does
    void tell(CommerceEvent event, @Nullable String task) {
        var key = Objects.requireNonNull(event.commandId(), "an outcome belongs to a command");
        var message = events.record(Topic.COMMERCE_EVENT, key, event.id(), event);
        if (task != null) {
            message.headers().add(DeadLetters.OUTCOME_OF, task.getBytes(StandardCharsets.UTF_8));
        }
        outbox.add(message);
    }
}
