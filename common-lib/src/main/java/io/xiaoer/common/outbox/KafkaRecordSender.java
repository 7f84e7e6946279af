package io.xiaoer.common.outbox;

import io.xiaoer.common.event.HeaderText;
import io.xiaoer.common.event.QuietProducerListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/// Sends outbox rows through a producer of its own: bytes as they are, acknowledged by all replicas, gives up before
/// the lease can end so that a late send cannot overtake the next holder's.
final class KafkaRecordSender implements RecordSender {
    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> template;

    KafkaRecordSender(Map<String, Object> connection, OutboxSettings settings) {
        var properties = new HashMap<>(connection);
        int patience = Math.toIntExact(settings.sendTimeout().toMillis());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        properties.remove(ProducerConfig.CLIENT_ID_CONFIG);
        producers = new DefaultKafkaProducerFactory<>(properties, new StringSerializer(), new ByteArraySerializer());
        template = new KafkaTemplate<>(producers);
        template.setProducerListener(new QuietProducerListener<>());
    }

    @Override
    public void send(OutboxRecord row, Duration patience) throws Exception {
        var message = new ProducerRecord<>(row.topic(), row.key(), row.payload());
        row.headers().forEach((name, value) -> message.headers().add(name, HeaderText.bytes(value)));
        template.send(message).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends the producer; the next record makes another.
    @Override
    public void close() {
        producers.reset();
    }
}
