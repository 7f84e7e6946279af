package io.xiaoer.common.event;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.support.ProducerListener;

/// Tells that Kafka did not take a record, without its key and its value: both belong to shoppers. Spring's own
/// listener writes them into the log.
public final class QuietProducerListener<K, V> implements ProducerListener<K, V> {

    private static final Logger LOGGER = LoggerFactory.getLogger(QuietProducerListener.class);

    @Override
    public void onError(
            ProducerRecord<K, V> producerRecord, @Nullable RecordMetadata recordMetadata, @Nullable Exception e) {
        LOGGER.atDebug()
                .addKeyValue("topic", producerRecord.topic())
                .addKeyValue("reason", e == null ? "unknown" : e.getClass().getSimpleName())
                .log("Kafka did not take a record");
    }
}
