package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.testing.RealServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
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
    void whatNobodyCanReadIsPassedOverByAll() throws Exception {
        var incomplete = "{\"id\":\"5\"}".getBytes(StandardCharsets.UTF_8);
        var listeners = Map.of(
                "compensation-service-webhooks",
                List.of(Topic.CS_SESSION, Topic.CS_MESSAGE, Topic.COMMERCE_EVENT),
                "compensation-service-erasures",
                List.of(Topic.CS_SESSION),
                "compensation-service-outcomes",
                List.of(Topic.COMMERCE_EVENT));
        var sent = new ArrayList<RecordMetadata>();
        for (var topic : List.of(Topic.CS_SESSION, Topic.CS_MESSAGE, Topic.COMMERCE_EVENT)) {
            for (byte[] value : new byte[][] {incomplete, null, {}, {'n'}}) {
                var record = new ProducerRecord<>(topic.topic(), "1001:u.nobody", value);
                record.headers().add(DeadLetters.OUTCOME_OF, new byte[] {'5'});
                sent.add(send(record));
            }
        }

        try (var admin = AdminClient.create(connection())) {
            for (var listener : listeners.entrySet()) {
                for (var record : sent) {
                    if (listener.getValue().stream()
                            .anyMatch(topic -> topic.topic().equals(record.topic()))) {
                        await().untilAsserted(() -> assertThat(reached(admin, listener.getKey(), record))
                                .as("%s in %s", listener.getKey(), record.topic())
                                .isGreaterThan(record.offset()));
                    }
                }
            }
        }
    }

    /// How far a group came in the partition of a record.
    private static long reached(AdminClient admin, String group, RecordMetadata record) throws Exception {
        var offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
        var reached = offsets.get(new TopicPartition(record.topic(), record.partition()));
        return reached == null ? -1 : reached.offset();
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
        send(new ProducerRecord<>(topic, key, new byte[] {1}));
    }

    private static RecordMetadata send(ProducerRecord<String, byte[]> record) {
        try (var producer = new KafkaProducer<>(connection(), new StringSerializer(), new ByteArraySerializer())) {
            return producer.send(record).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> connection() {
        return Map.of("bootstrap.servers", RealServers.kafkaBootstrap(), "acks", "all");
    }
}
