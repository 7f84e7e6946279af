package io.xiaoer.session.conversation;

import io.xiaoer.common.outbox.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes records survive any one process: Kafka acknowledges them within a second, or MariaDB commits those that it did
/// not acknowledge to the outbox. Sending a record twice is harmless, for consumers drop repetitions.
@Component
class Durability implements AutoCloseable {

    /// Where records ended up.
    enum Place {
        KAFKA,
        OUTBOX,
        NOWHERE
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Durability.class);
    /// The producer's own delivery timeout is 1 s; this is a little more, so that its verdict is heard.
    private static final Duration KAFKA_PATIENCE = Duration.ofMillis(1100);
    private static final Duration OUTBOX_PATIENCE = Duration.ofMillis(1500);

    private final KafkaTemplate<String, byte[]> kafka;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final ConversationMeters meters;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Durability(
            KafkaTemplate<String, byte[]> kafka,
            Outbox outbox,
            TransactionTemplate transaction,
            ConversationMeters meters) {
        this.kafka = kafka;
        this.outbox = outbox;
        this.transaction = transaction;
        this.meters = meters;
    }

    /// Blocks until all records are durable or cannot be made so; at most about 2.6 s. That a record is durable does
    /// not say that the log still holds its message: see [io.xiaoer.common.log.Promptness].
    Place make(List<ProducerRecord<String, byte[]>> records) {
        var left = untaken(records);
        var place = left.isEmpty() ? Place.KAFKA : putAside(left) ? Place.OUTBOX : Place.NOWHERE;
        meters.durable(place);
        return place;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /// Sends all and gives back those that Kafka did not acknowledge in time.
    private List<ProducerRecord<String, byte[]>> untaken(List<ProducerRecord<String, byte[]>> records) {
        long until = System.nanoTime() + KAFKA_PATIENCE.toNanos();
        var sent = new ArrayList<CompletableFuture<?>>(records.size());
        try {
            for (var record : records) {
                sent.add(kafka.send(record));
            }
        } catch (KafkaException | org.springframework.kafka.KafkaException e) {
            tell(e);
        }
        var untaken = new ArrayList<>(records.subList(sent.size(), records.size()));
        for (int i = 0; i < sent.size(); i++) {
            if (!isTaken(sent.get(i), until)) {
                untaken.add(records.get(i));
            }
        }
        return untaken;
    }

    private static boolean isTaken(CompletableFuture<?> sent, long until) {
        try {
            sent.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            tell(e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean putAside(List<ProducerRecord<String, byte[]>> records) {
        var commit = threads.submit(() -> transaction.executeWithoutResult(status -> records.forEach(outbox::add)));
        try {
            commit.get(OUTBOX_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.atWarn()
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("Neither Kafka nor the outbox took a record in time");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void tell(Exception e) {
        LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("Kafka did not take a record in time");
    }
}
