package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

/// What becomes of records whose listener fails, over a real broker.
@WithServers(ServerKind.KAFKA)
class DeadLettersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String topic = "t-" + UUID.randomUUID();
    private final Map<String, Object> connection = Map.of("bootstrap.servers", RealServers.kafkaBootstrap());
    private final DeadLetters letters = new DeadLetters(connection);
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();
    private final List<ConsumerRecord<String, byte[]>> parked = new ArrayList<>();
    private final KafkaConsumer<String, byte[]> parkedReader = new KafkaConsumer<>(
            Map.of(
                    "bootstrap.servers", RealServers.kafkaBootstrap(),
                    "group.id", UUID.randomUUID().toString(),
                    "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    private @Nullable KafkaMessageListenerContainer<String, byte[]> container;

    @BeforeEach
    void createTopics() throws Exception {
        try (var admin = Admin.create(connection)) {
            admin.createTopics(List.of(
                            new NewTopic(topic, 1, (short) 1),
                            new NewTopic(topic + Topic.DEAD_LETTER_SUFFIX, 1, (short) 1)))
                    .all()
                    .get();
        }
        parkedReader.subscribe(List.of(topic + Topic.DEAD_LETTER_SUFFIX));
    }

    @AfterEach
    void close() {
        if (container != null) {
            container.stop();
        }
        parkedReader.close();
        letters.close();
    }

    @Test
    void aTransientFailureIsTriedAgainInPlace() {
        send("a", "b");

        listen(text -> {
            if (text.equals("a") && tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
        });

        await().atMost(PATIENCE).until(() -> handled.equals(List.of("a", "b")));
        assertThat(tries).hasValue(3);
        assertThat(parkedSoFar()).isEmpty();
    }

    @Test
    void whatCannotBeProcessedIsParkedAtOnceAndWholeAndOthersGoOn() {
        send("bad", "good");

        listen(text -> {
            if (text.equals("bad")) {
                tries.incrementAndGet();
                throw new Unprocessable("no_such_thing", "it is not there");
            }
        });

        await().atMost(PATIENCE).until(() -> handled.equals(List.of("good")));
        await().atMost(PATIENCE).until(() -> !parkedSoFar().isEmpty());
        var letter = parked.getFirst();
        assertThat(tries).hasValue(1);
        assertThat(letter.key()).isEqualTo("k");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("bad");
        assertThat(header(letter, "x-request-id")).isEqualTo("r-1");
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("no_such_thing");
        assertThat(header(letter, "kafka_dlt-original-topic")).isEqualTo(topic);
    }

    @Test
    void whatTheListenerDidNotForeseeIsParkedAtOnceAndOthersGoOn() {
        send("bad", "good");

        listen(text -> {
            if (text.equals("bad")) {
                tries.incrementAndGet();
                throw new IllegalArgumentException("of no known form");
            }
        });

        await().atMost(PATIENCE).until(() -> handled.equals(List.of("good")));
        await().atMost(PATIENCE).until(() -> !parkedSoFar().isEmpty());
        assertThat(tries).hasValue(1);
        assertThat(header(parked.getFirst(), DeadLetters.REASON)).isEqualTo(DeadLetters.RETRIES_EXHAUSTED);
    }

    @Test
    void whatIsAwayIsTriedAgainWhateverItsFailureCameFrom() {
        send("a");

        listen(text -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not reached", new UnresolvedAddressException());
            }
        });

        await().atMost(PATIENCE).until(() -> handled.equals(List.of("a")));
        assertThat(tries).hasValue(3);
    }

    @Test
    void aRecordIsNotLostWhileItsDeadLetterCannotBeWritten() throws Exception {
        limitDeadLetters("20");
        send("bad".repeat(40));

        listen(text -> {
            tries.incrementAndGet();
            throw new Unprocessable("no_such_thing", "it is not there");
        });
        await().atMost(PATIENCE).until(() -> tries.get() >= 3);
        assertThat(parkedSoFar()).isEmpty();
        limitDeadLetters("1000000");

        await().atMost(PATIENCE).until(() -> !parkedSoFar().isEmpty());
    }

    private void listen(java.util.function.Consumer<String> work) {
        var properties = new ContainerProperties(topic);
        properties.setGroupId(UUID.randomUUID().toString());
        properties.setMessageListener((MessageListener<String, byte[]>) message -> {
            var text = new String(message.value(), StandardCharsets.UTF_8);
            work.accept(text);
            handled.add(text);
        });
        var consumers = new DefaultKafkaConsumerFactory<>(
                Map.<String, Object>of(
                        "bootstrap.servers", RealServers.kafkaBootstrap(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        container = new KafkaMessageListenerContainer<>(consumers, properties);
        container.setCommonErrorHandler(letters.handler());
        container.start();
    }

    private void send(String... texts) {
        try (var producer = new KafkaProducer<>(connection, new StringSerializer(), new ByteArraySerializer())) {
            for (var text : texts) {
                var message = new ProducerRecord<>(topic, "k", text.getBytes(StandardCharsets.UTF_8));
                message.headers().add("x-request-id", "r-1".getBytes(StandardCharsets.UTF_8));
                producer.send(message);
            }
        }
    }

    private void limitDeadLetters(String bytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic + Topic.DEAD_LETTER_SUFFIX);
        Collection<AlterConfigOp> change =
                List.of(new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET));
        try (var admin = Admin.create(connection)) {
            admin.incrementalAlterConfigs(Map.of(resource, change)).all().get();
        }
    }

    private List<ConsumerRecord<String, byte[]>> parkedSoFar() {
        parkedReader.poll(Duration.ofMillis(300)).forEach(parked::add);
        return parked;
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
