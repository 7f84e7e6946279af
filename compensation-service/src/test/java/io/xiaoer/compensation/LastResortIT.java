package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.RealServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.MessageListener;

/// How the listeners behind which nothing stands meet a failure.
@CompensationService
class LastResortIT {
    private static final String TOPIC = "last-resort-" + UUID.randomUUID();

    @Autowired
    private ConcurrentKafkaListenerContainerFactory<String, byte[]> patientContainers;

    @Test
    void whatFailsIsTriedAgainAfterAPauseWhateverTheFailure() {
        var tries = new CopyOnWriteArrayList<Long>();
        var failures = List.of(new IllegalStateException("one"), new ClassCastException("two"));
        send("kept");
        var container = patientContainers.createContainer(TOPIC);
        container.getContainerProperties().setGroupId(TOPIC);
        container.getContainerProperties().setMessageListener((MessageListener<String, byte[]>) message -> {
            tries.add(System.nanoTime());
            if (tries.size() <= failures.size()) {
                throw failures.get(tries.size() - 1);
            }
        });

        container.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> tries.size() > failures.size());
        } finally {
            container.stop();
        }

        assertThat(Duration.ofNanos(tries.getLast() - tries.getFirst())).isGreaterThan(Duration.ofMillis(900));
    }

    private static void send(String key) {
        var connection = Map.<String, Object>of("bootstrap.servers", RealServers.kafkaBootstrap(), "acks", "all");
        try (var producer = new KafkaProducer<>(connection, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, key, new byte[] {1}));
            producer.flush();
        }
    }
}
