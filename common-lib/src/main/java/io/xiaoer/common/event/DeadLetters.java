package io.xiaoer.common.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConsumerAwareRecordRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.support.ExponentialBackOffWithMaxRetries;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/// What happens to a record whose listener threw.
///
/// A transient failure is tried again in place, with growing pauses, for about twelve seconds; after
/// that, and at once for [Unprocessable] and what the codec refuses, the record goes to `<topic>-dlt` as
/// it was, with the `kafka_dlt-*` headers and [#REASON]. So no record blocks its partition for ever. If
/// the dead letter cannot be written the record stays where it is and the whole is tried again: it is
/// never dropped.
///
/// At once goes also what the listener did not foresee, such as an [IllegalArgumentException]: the same
/// record would fail so each time, and who can write such records would hold up everybody behind them.
/// It is tried again from compensation, with longer pauses and in nobody's way.
///
/// A service has one instance, gives [#handler] to its listener container factories and closes it at its end.
public final class DeadLetters implements AutoCloseable {
    /// Why a record became a dead letter; see [#reason].
    public static final String REASON = "x-reason";

    /// Marks a record that was sent again from a dead letter; its value is the id of the compensation task.
    public static final String REPLAY_OF = "x-replay-of";

    /// Marks a record whose work was given up: its owner ends what it stands for as failed instead of doing it. The
    /// value is the id of the compensation task.
    public static final String DISCARD_OF = "x-discard-of";

    /// Marks a record that tells how work ended which compensation had sent; the value is the id of the task.
    public static final String OUTCOME_OF = "x-outcome-of";

    /// The reason of a record that failed with each try, but need not fail for ever.
    public static final String RETRIES_EXHAUSTED = "retries_exhausted";

    private static final int RETRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final BackOff NEVER_AGAIN = new FixedBackOff(0, 0);

    /// What says that the code has met a value that it was not made for, and not that something is away.
    private static final List<Class<? extends RuntimeException>> UNFORESEEN = List.of(
            IllegalArgumentException.class,
            NullPointerException.class,
            IndexOutOfBoundsException.class,
            ArithmeticException.class,
            DateTimeException.class);

    private final DefaultKafkaProducerFactory<Object, Object> producers;
    private final KafkaTemplate<Object, Object> template;

    /// @param connection the properties of a producer of this service; serializers and acknowledgement are set here
    public DeadLetters(Map<String, Object> connection) {
        var properties = new HashMap<>(connection);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis() / 2));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        properties.remove(ProducerConfig.CLIENT_ID_CONFIG);
        producers = new DefaultKafkaProducerFactory<>(properties, new AsReceived(), new AsReceived());
        template = new KafkaTemplate<>(producers);
        template.setProducerListener(new QuietProducerListener<>());
    }

    /// A new handler, for one listener container factory.
    public DefaultErrorHandler handler() {
        return handler((message, failure) -> {});
    }

    /// A new handler that lets the owner of the work take note before a record becomes a dead letter.
    ///
    /// @param before if it throws, the record stays where it is and is tried again
    public DefaultErrorHandler handler(BiConsumer<ConsumerRecord<?, ?>, Exception> before) {
        var recoverer = recoverer();
        var handler = new DefaultErrorHandler(new NotedRecoverer(before, recoverer), pauses());
        handler.addNotRetryableExceptions(Unprocessable.class, EventJson.Unreadable.class);
        handler.setBackOffFunction((message, failure) -> isUnforeseen(failure) ? NEVER_AGAIN : null);
        handler.setCommitRecovered(true);
        return handler;
    }

    /// Writes dead letters; for a listener that decides itself when a record is one.
    public DeadLetterPublishingRecoverer recoverer() {
        var recoverer = new DeadLetterPublishingRecoverer(
                template, (message, failure) -> new TopicPartition(message.topic() + Topic.DEAD_LETTER_SUFFIX, -1));
        recoverer.setFailIfSendResultIsError(true);
        recoverer.setWaitForSendResultTimeout(PATIENCE);
        recoverer.setThrowIfNoDestinationReturned(true);
        recoverer.setAppendOriginalHeaders(false);
        recoverer.addHeadersFunction((message, failure) -> reasonOf(failure));
        return recoverer;
    }

    @Override
    public void close() {
        producers.destroy();
    }

    private static ExponentialBackOffWithMaxRetries pauses() {
        var pauses = new ExponentialBackOffWithMaxRetries(RETRIES);
        pauses.setInitialInterval(FIRST_PAUSE.toMillis());
        pauses.setMultiplier(2);
        pauses.setMaxInterval(LONGEST_PAUSE.toMillis());
        return pauses;
    }

    /// Only what the listener itself throws counts: what is away may have such an exception further in.
    private static boolean isUnforeseen(Exception failure) {
        Throwable own = failure;
        while (own instanceof ListenerExecutionFailedException && own.getCause() != null) {
            own = own.getCause();
        }
        var thrown = own;
        return UNFORESEEN.stream().anyMatch(kind -> kind.isInstance(thrown));
    }

    private static Headers reasonOf(Exception failure) {
        var headers = new RecordHeaders();
        headers.add(REASON, reason(failure).getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    /// The stable reason of a failure: that of the [Unprocessable] inside it, `unreadable` or `retries_exhausted`.
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Unprocessable unprocessable) {
                return unprocessable.reason();
            }
            if (cause instanceof EventJson.Unreadable) {
                return "unreadable";
            }
        }
        return RETRIES_EXHAUSTED;
    }

    /// Tells the owner of the work first, then writes the dead letter.
    private record NotedRecoverer(
            BiConsumer<ConsumerRecord<?, ?>, Exception> before, DeadLetterPublishingRecoverer letters)
            implements ConsumerAwareRecordRecoverer {
        @Override
        public void accept(
                ConsumerRecord<?, ?> message, @Nullable Consumer<?, ?> consumer, @Nullable Exception failure) {
            before.accept(message, Objects.requireNonNull(failure, "a dead letter has a cause"));
            letters.accept(message, consumer, failure);
        }
    }

    /// Keys and values leave as they came, whichever of the two raw forms a listener reads.
    private static final class AsReceived implements Serializer<Object> {
        private final StringSerializer text = new StringSerializer();
        private final ByteArraySerializer bytes = new ByteArraySerializer();

        @Override
        @SuppressWarnings("NullAway") // Kafka's serializers pass null on as a tombstone
        public byte @Nullable [] serialize(String topic, @Nullable Object data) {
            return switch (data) {
                case null -> null;
                case byte[] raw -> bytes.serialize(topic, raw);
                case String string -> text.serialize(topic, string);
                default -> throw new IllegalStateException("a listener reads strings or bytes, not " + data.getClass());
            };
        }
    }
}
