package io.xiaoer.ordersync.command;

import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.testing.RealServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// What stands in Kafka about commands, for tests to read and to add to, as compensation does.
public final class CommandTopics implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", RealServers.kafkaBootstrap(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of(
                    "bootstrap.servers",
                    RealServers.kafkaBootstrap(),
                    "group.id",
                    UUID.randomUUID().toString(),
                    "auto.offset.reset",
                    "earliest",
                    "metadata.max.age.ms",
                    500),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    public CommandTopics() {
        consumer.subscribe(List.of(
                Topic.COMMERCE_COMMAND.topic(), Topic.COMMERCE_COMMAND.deadLetter(), Topic.COMMERCE_EVENT.topic()));
    }

    /// The records about a command so far.
    public List<ConsumerRecord<String, byte[]>> of(String topic, String command) {
        consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        return seen.stream()
                .filter(each -> each.topic().equals(topic) && command.equals(each.key()))
                .toList();
    }

    /// The one record about a command, once it is there.
    public ConsumerRecord<String, byte[]> awaitOne(String topic, String command) {
        return await().atMost(CommandClient.PATIENCE)
                .until(() -> of(topic, command), records -> records.size() == 1)
                .getFirst();
    }

    public List<CommerceEvent> events(String command) {
        return of(Topic.COMMERCE_EVENT.topic(), command).stream()
                .map(each -> EventJson.decode(each.value(), CommerceEvent.class))
                .toList();
    }

    /// Sends a command's record again.
    public void again(CommerceCommand command, Map<String, String> headers) {
        send(command.id(), EventJson.encode(command), headers);
    }

    /// Sends whatever it is where commands are looked for.
    public void send(String key, byte[] value, Map<String, String> headers) {
        var record = new ProducerRecord<>(Topic.COMMERCE_COMMAND.topic(), key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
        producer.flush();
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
