package io.xiaoer.compensation;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.testing.RealServers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/// Stands in for the service whose work failed: it writes dead letters as the real ones do, sees what is sent again,
/// and tells outcomes.
final class FakeOwner implements AutoCloseable {
    private final DeadLetters letters = new DeadLetters(Map.of("bootstrap.servers", RealServers.kafkaBootstrap()));
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
    private final EventWriter events = new EventWriter("a-test", Clock.systemUTC());
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    FakeOwner() {
        consumer.subscribe(List.of(Topic.COMMERCE_COMMAND.topic(), Topic.BOT_QUERY.topic()));
    }

    /// A command that cannot be processed.
    static CommerceCommand command(String shop, String id) {
        return new CommerceCommand(
                id, shop, "coupon", "james", Map.of("template_id", "none", "phone", "13812345678"), "m", Instant.now());
    }

    /// The command as a person sends it again, with other arguments.
    static Map<String, Object> edited(CommerceCommand command, Map<String, Object> arguments) {
        return Map.of(
                "id",
                command.id(),
                "shop_id",
                command.shopId(),
                "kind",
                command.kind(),
                "arguments",
                arguments,
                "requested_by",
                command.requestedBy(),
                "at",
                command.at().toString());
    }

    /// Writes the dead letter of a record that stood at this offset.
    void fail(Topic topic, String key, byte[] value, long offset, Map<String, String> headers) {
        var failure = new Unprocessable("unknown_template", "call 13812345678");
        fail(
                topic,
                key,
                value,
                offset,
                headers,
                new ListenerExecutionFailedException("Listener method 'void take()' threw exception", failure));
    }

    void fail(
            Topic topic, String key, byte[] value, long offset, Map<String, String> headers, RuntimeException failure) {
        fail(topic, key, value, offset, ConsumerRecord.NO_TIMESTAMP, headers, failure);
    }

    /// @param written the timestamp of the record that failed
    void fail(
            Topic topic,
            String key,
            byte[] value,
            long offset,
            long written,
            Map<String, String> headers,
            RuntimeException failure) {
        var record = new ConsumerRecord<>(
                topic.topic(),
                0,
                offset,
                written,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        letters.recoverer().accept(record, null, failure);
    }

    void fail(CommerceCommand command, long offset, Map<String, String> headers) {
        fail(Topic.COMMERCE_COMMAND, command.id(), EventJson.encode(command), offset, headers);
    }

    /// What was sent again under this key so far.
    List<ConsumerRecord<String, byte[]>> sentAgain(String key) {
        consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
        return seen.stream().filter(each -> key.equals(each.key())).toList();
    }

    /// What was sent again from this task so far, whatever its key.
    List<ConsumerRecord<String, byte[]>> sentAgainFrom(String task) {
        consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
        return seen.stream()
                .filter(each -> header(each, DeadLetters.REPLAY_OF).equals(task))
                .toList();
    }

    /// Tells that the command ended so.
    void tell(String type, CommerceCommand command, String task) {
        var event = new CommerceEvent(
                UUID.randomUUID().toString(), command.shopId(), type, null, command.id(), Instant.now(), Map.of());
        tell(events.record(Topic.COMMERCE_EVENT, command.id(), event.id(), event), task);
    }

    /// Tells an outcome in words of the test's own.
    void tell(String key, String words, String task) {
        tell(new ProducerRecord<>(Topic.COMMERCE_EVENT.topic(), key, words.getBytes(StandardCharsets.UTF_8)), task);
    }

    private void tell(ProducerRecord<String, byte[]> record, String task) {
        record.headers().add(DeadLetters.OUTCOME_OF, task.getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        producer.flush();
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        letters.close();
    }
}
