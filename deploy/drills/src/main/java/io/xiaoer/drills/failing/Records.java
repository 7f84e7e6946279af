package io.xiaoer.drills.failing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Puts records that nobody can read where order-sync-service looks for commands.
public final class Records implements AutoCloseable {
    private static final String TOPIC = "commerce.command";

    private final KafkaProducer<String, byte[]> producer;

    /// @param port of Kafka, the same after each of its deaths
    public Records(int port) {
        producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "127.0.0.1:" + port,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /// What the record of a key says: the begin of an object.
    static String text(String key) {
        return "{\"drill\":\"%s\",\"n\":0".formatted(key);
    }

    /// Writes it; returns when Kafka vouches for it.
    void write(String key) throws IOException, InterruptedException {
        try {
            producer.send(new ProducerRecord<>(TOPIC, key, text(key).getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("Kafka did not take the record " + key, e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
