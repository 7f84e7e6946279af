package io.xiaoer.compensation.intake;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.HeaderText;
import io.xiaoer.common.event.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/// A record of a dead-letter topic, with what its headers say of the failure.
///
/// @param topic where the record stood before
/// @param place the record that failed
/// @param headers the original's own headers, those of the failure left out
/// @param written when the record was written, as far as its headers say
/// @param task the task that sent the record, if one did
/// @param discard whether it sent it to be given up
@SuppressWarnings("ArrayRecordComponent") // never compared
record DeadLetter(
        String topic,
        Place place,
        @Nullable String key,
        byte @Nullable [] value,
        Map<String, String> headers,
        String reason,
        String exception,
        String message,
        Instant written,
        @Nullable String task,
        boolean discard) {
    private static final String FAILURE_PREFIX = "kafka_dlt-";
    private static final String UNKNOWN = "unknown";
    private static final String LISTENER = "Listener method ";
    private static final String THREW = " threw exception; ";

    /// Whether work that a person gave up could not be ended as given up, though it might be at another time.
    boolean isDiscardThatMayYetBeTold() {
        return discard && reason.equals(DeadLetters.RETRIES_EXHAUSTED);
    }

    /// A place in Kafka.
    record Place(String topic, int partition, long offset) {}

    static DeadLetter of(ConsumerRecord<String, byte[]> message) {
        var topic = topic(message);
        var replayed = text(message, DeadLetters.REPLAY_OF);
        return new DeadLetter(
                topic,
                place(topic, message),
                message.key(),
                message.value(),
                ownHeaders(message),
                Objects.requireNonNullElse(text(message, DeadLetters.REASON), UNKNOWN),
                exception(message),
                words(message),
                written(message),
                replayed == null ? text(message, DeadLetters.DISCARD_OF) : replayed,
                replayed == null && text(message, DeadLetters.DISCARD_OF) != null);
    }

    /// Where the record stood before, and where a replay goes: what its headers say, if that is a topic of the suite.
    private static String topic(ConsumerRecord<?, ?> message) {
        var told = text(message, KafkaHeaders.DLT_ORIGINAL_TOPIC);
        return told != null && Topic.named(told).isPresent() ? told : withoutSuffix(message.topic());
    }

    /// Where the record stood; if its headers do not say, because somebody wrote it without them, where it stands now
    /// names the failure just as uniquely.
    private static Place place(String topic, ConsumerRecord<?, ?> message) {
        var partition = number(message, KafkaHeaders.DLT_ORIGINAL_PARTITION, Integer.BYTES);
        var offset = number(message, KafkaHeaders.DLT_ORIGINAL_OFFSET, Long.BYTES);
        return partition == null || offset == null
                ? new Place(message.topic(), message.partition(), message.offset())
                : new Place(topic, partition.getInt(), offset.getLong());
    }

    private static Instant written(ConsumerRecord<?, ?> message) {
        var original = number(message, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP, Long.BYTES);
        var millis = original == null ? ConsumerRecord.NO_TIMESTAMP : original.getLong();
        return Instant.ofEpochMilli(millis == ConsumerRecord.NO_TIMESTAMP ? message.timestamp() : millis);
    }

    /// What the failure itself said, without the words that the container puts before it: they name methods.
    private static String words(ConsumerRecord<?, ?> message) {
        var told = Objects.requireNonNullElse(text(message, KafkaHeaders.DLT_EXCEPTION_MESSAGE), "");
        int before = told.startsWith(LISTENER) ? told.indexOf(THREW) : -1;
        return before < 0 ? told : told.substring(before + THREW.length());
    }

    private static String exception(ConsumerRecord<?, ?> message) {
        var cause = text(message, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN);
        return cause == null
                ? Objects.requireNonNullElse(text(message, KafkaHeaders.DLT_EXCEPTION_FQCN), UNKNOWN)
                : cause;
    }

    private static Map<String, String> ownHeaders(ConsumerRecord<?, ?> message) {
        var headers = new LinkedHashMap<String, String>();
        for (Header header : message.headers()) {
            if (header.value() != null && isOwn(header.key())) {
                headers.put(header.key(), HeaderText.of(header.value()));
            }
        }
        return headers;
    }

    private static boolean isOwn(String header) {
        return !header.startsWith(FAILURE_PREFIX)
                && !header.startsWith("spring_")
                && !header.equals(DeadLetters.REASON)
                && !header.equals(DeadLetters.REPLAY_OF)
                && !header.equals(DeadLetters.DISCARD_OF);
    }

    private static @Nullable String text(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static @Nullable ByteBuffer number(ConsumerRecord<?, ?> message, String name, int bytes) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null || header.value().length != bytes
                ? null
                : ByteBuffer.wrap(header.value());
    }

    private static String withoutSuffix(String topic) {
        return topic.endsWith(Topic.DEAD_LETTER_SUFFIX)
                ? topic.substring(0, topic.length() - Topic.DEAD_LETTER_SUFFIX.length())
                : topic;
    }
}
