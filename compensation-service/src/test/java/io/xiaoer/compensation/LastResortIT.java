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
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
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

    @Test
    void aTopicMadeWhileItsInstanceWasAwayIsReadWhenThatIsBackInItsOldPlace() throws Exception {
        var group = "away-" + UUID.randomUUID();
        var first = group + ".first";
        var later = group + ".later";
        var got = new CopyOnWriteArrayList<String>();

        send(first, "before");
        var container = member(group, got, first, later);
        container.start();
        await().until(() -> got.contains("before"));
        container.stop();
        send(later, "meanwhile");
        var again = member(group, got, first, later);
        again.start();
        try {
            await().untilAsserted(() -> assertThat(got).contains("meanwhile"));
        } finally {
            again.stop();
        }
    }

    /// A listener under the name of one instance, which keeps its place in the group for a while after its end.
    private ConcurrentMessageListenerContainer<String, byte[]> member(
            String group, List<String> got, String... topics) {
        var container = patientContainers.createContainer(topics);
        var properties = container.getContainerProperties();
        properties.setGroupId(group);
        properties.getKafkaConsumerProperties().setProperty("group.instance.id", group);
        properties.setMessageListener((MessageListener<String, byte[]>) message -> got.add(message.key()));
        return container;
    }

    private static void send(String key) {
        send(TOPIC, key);
    }

    private static void send(String topic, String key) {
        var connection = Map.<String, Object>of("bootstrap.servers", RealServers.kafkaBootstrap(), "acks", "all");
        try (var producer = new KafkaProducer<>(connection, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, new byte[] {1}));
            producer.flush();
        }
    }
}
