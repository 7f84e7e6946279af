package io.xiaoer.compensation.intake;

import static io.xiaoer.common.event.Topic.DEAD_LETTER_SUFFIX;

import io.xiaoer.common.event.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Reads the dead letters of every consumer. What cannot be stored is tried until it can: nothing is left out.
@Component
class DeadLetterListener {
    private final Intake intake;

    DeadLetterListener(Intake intake) {
        this.intake = intake;
    }

    @KafkaListener(
            id = "dead-letters",
            idIsGroup = false,
            groupId = "compensation-service",
            topics = {
                Topic.Names.BOT_QUERY + DEAD_LETTER_SUFFIX,
                Topic.Names.CS_MESSAGE + DEAD_LETTER_SUFFIX,
                Topic.Names.CS_SESSION + DEAD_LETTER_SUFFIX,
                Topic.Names.COMMERCE_COMMAND + DEAD_LETTER_SUFFIX,
                Topic.Names.COMMERCE_EVENT + DEAD_LETTER_SUFFIX,
                Topic.Names.COMMERCE_SOURCE + DEAD_LETTER_SUFFIX,
                Topic.Names.SHOP_SETTINGS + DEAD_LETTER_SUFFIX
            },
            containerFactory = "patientContainers",
            properties = "group.instance.id=${xiaoer.node}-dead-letters")
    void take(ConsumerRecord<String, byte[]> message) {
        intake.take(DeadLetter.of(message));
    }
}
