package io.xiaoer.compensation.replay;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Learns how commands ended that had been sent again: their outcome carries the task's id in a header.
@Component
class OutcomeListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutcomeListener.class);
    private static final String APPLIED = "command.applied";

    private final Replay replay;

    OutcomeListener(Replay replay) {
        this.replay = replay;
    }

    @KafkaListener(
            id = "outcomes",
            idIsGroup = false,
            groupId = "compensation-service-outcomes",
            topics = Topic.Names.COMMERCE_EVENT,
            containerFactory = "patientContainers",
            properties = "group.instance.id=${xiaoer.node}-outcomes")
    void take(ConsumerRecord<String, byte[]> message) {
        var task = task(message);
        if (task != null) {
            outcome(message, task)
                    .ifPresent(event -> replay.ended(task, event.type().equals(APPLIED), event.type()));
        }
    }

    private static @Nullable String task(ConsumerRecord<String, byte[]> message) {
        var header = message.headers().lastHeader(DeadLetters.OUTCOME_OF);
        if (header == null || header.value() == null) {
            return null;
        }
        var task = new String(header.value(), StandardCharsets.UTF_8);
        return SnowflakeIds.isId(task) ? task : null;
    }

    /// What fails while the task is ended is none of its business: it must come again, and what cannot
    /// be read must not.
    private static Optional<CommerceEvent> outcome(ConsumerRecord<String, byte[]> message, String task) {
        try {
            return Optional.of(EventJson.decode(message.value(), CommerceEvent.class));
        } catch (RuntimeException unreadable) {
            LOGGER.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .addKeyValue("task", task)
                    .addKeyValue("reason", unreadable.getClass().getSimpleName())
                    .log("An outcome cannot be read; its task will be tried again");
            return Optional.empty();
        }
    }
}
