package io.xiaoer.compensation.replay;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        var header = message.headers().lastHeader(DeadLetters.OUTCOME_OF);
        if (header == null) {
            return;
        }
        var task = new String(header.value(), StandardCharsets.UTF_8);
        try {
            var event = EventJson.decode(message.value(), CommerceEvent.class);
            if (SnowflakeIds.isId(task)) {
                replay.ended(task, event.type().equals(APPLIED), event.type());
            }
        } catch (EventJson.Unreadable unreadable) {
            LOGGER.atWarn().addKeyValue("task", task).log("An outcome cannot be read; its task will be tried again");
        }
    }
}
