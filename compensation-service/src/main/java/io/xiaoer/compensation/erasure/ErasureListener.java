package io.xiaoer.compensation.erasure;

import io.xiaoer.common.event.Erased;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Hears that a shopper was erased. Delivered twice, it finds nothing the second time.
@Component
class ErasureListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(ErasureListener.class);

    private final Erasure erasure;

    ErasureListener(Erasure erasure) {
        this.erasure = erasure;
    }

    @KafkaListener(
            id = "erasures",
            idIsGroup = false,
            groupId = "compensation-service-erasures",
            topics = Topic.Names.CS_SESSION,
            containerFactory = "patientContainers",
            properties = "group.instance.id=${xiaoer.node}-erasures")
    void take(ConsumerRecord<String, byte[]> message) {
        erased(message).ifPresent(each -> {
            erasure.remember(each.user(), each.at());
            erasure.erase(each.user());
        });
    }

    /// Who was erased, if that is what it tells. What fails while the tasks are emptied is none of its business: it
    /// must come again, and what cannot be read must not.
    private static Optional<Erased> erased(ConsumerRecord<String, byte[]> message) {
        try {
            return Erased.of(EventJson.decode(message.value(), SessionChanged.class));
        } catch (RuntimeException unreadable) {
            LOGGER.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .addKeyValue("reason", unreadable.getClass().getSimpleName())
                    .log("A change of a session cannot be read; if it was an erasure, it is not followed here");
            return Optional.empty();
        }
    }
}
