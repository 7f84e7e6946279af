package io.xiaoer.bot.intake;

import io.xiaoer.bot.generate.Writings;
import io.xiaoer.common.event.SharedOutAnew;
import io.xiaoer.common.event.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/// One run of the [QuestionPump], from a start to a stop: what it holds, no later run has any of it.
final class PumpRun {

    private static final Logger LOGGER = LoggerFactory.getLogger(PumpRun.class);
    private static final Duration TICK = Duration.ofMillis(50);
    /// While nothing is under way: what comes ends the wait.
    private static final Duration IDLE = Duration.ofMillis(500);
    /// Each commit is a write of Kafka's own. What was answered in between comes again after a crash, and is dropped.
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(5);

    private final ConsumerFactory<String, byte[]> consumers;
    private final Answering answering;
    private final Writings writings;
    private final IntakeSettings settings;
    private final Patience patience;
    private final Lanes lanes = new Lanes();
    private final Semaphore room;
    private final Map<TopicPartition, Progress> partitions = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean joined;
    private volatile boolean full;

    PumpRun(
            ConsumerFactory<String, byte[]> consumers,
            Answering answering,
            Writings writings,
            IntakeSettings settings,
            Patience patience) {
        this.consumers = consumers;
        this.answering = answering;
        this.writings = writings;
        this.settings = settings;
        this.patience = patience;
        this.room = new Semaphore(settings.underWay());
        this.thread = Thread.ofPlatform().daemon().name("question-pump").unstarted(this::pumpUntilStopped);
    }

    void begin() {
        thread.start();
    }

    /// How many questions are under way.
    int underWay() {
        return settings.underWay() - room.availablePermits();
    }

    /// How many users have questions under way.
    int lanes() {
        return lanes.size();
    }

    /// Whether nothing more is fetched.
    boolean isFull() {
        return full;
    }

    /// Whether it is, or once was, a member of the group.
    boolean hasJoined() {
        return joined;
    }

    private void pumpUntilStopped() {
        while (!stopping) {
            try (var fresh = consumers.createConsumer()) {
                fresh.subscribe(List.of(Topic.BOT_QUERY.topic()), new Moves(fresh));
                pump(fresh);
            } catch (KafkaException e) {
                LOGGER.atWarn().addKeyValue("waits_for", "kafka").setCause(e).log("The intake starts again");
                pauseAfterFailure();
            } catch (RuntimeException e) {
                LOGGER.atError().setCause(e).log("The intake failed and starts again");
                pauseAfterFailure();
            } finally {
                partitions.clear();
            }
        }
    }

    private void pump(Consumer<String, byte[]> fresh) {
        long saidAt = System.nanoTime();
        long committedAt = saidAt;
        while (!stopping) {
            for (ConsumerRecord<String, byte[]> record : fresh.poll(isIdle(fresh) ? IDLE : TICK)) {
                take(record);
            }
            lanes.letPass(writings::isUnderWay);
            if (System.nanoTime() - committedAt > BETWEEN_COMMITS.toNanos()) {
                committedAt = System.nanoTime();
                commit(fresh);
            }
            fetchWhatFits(fresh);
            if (!joined) {
                joined = fresh.groupMetadata().generationId() >= 0;
                if (System.nanoTime() - saidAt > SAY_AGAIN.toNanos()) {
                    saidAt = System.nanoTime();
                    LOGGER.atInfo().addKeyValue("waits_for", "kafka").log("The intake waits to join its group");
                }
            }
        }
        endWhatIsUnderWay();
        commitNow(fresh, partitions.keySet());
    }

    /// Whether nothing is under way, and nothing waits to be fetched again since all of it ended a moment ago.
    private boolean isIdle(Consumer<String, byte[]> fresh) {
        return underWay() == 0 && fresh.paused().isEmpty();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        var progress = partitions.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), partition -> new Progress());
        progress.begin(record.offset());
        room.acquireUninterruptibly();
        String lane = record.key() == null ? record.partition() + "/" + record.offset() : record.key();
        Runnable work = () -> {
            try {
                if (answering.answer(record)) {
                    progress.end(record.offset());
                }
            } finally {
                room.release();
            }
        };
        if (lanes.isBusy(lane) && answering.isForAPerson(record)) {
            lanes.runOrPass(lane, work);
        } else {
            lanes.run(lane, work);
        }
    }

    private void fetchWhatFits(Consumer<String, byte[]> fresh) {
        full = room.availablePermits() < settings.underWay() / 4 + 1;
        var paused = new HashSet<TopicPartition>();
        for (TopicPartition partition : fresh.assignment()) {
            Progress progress = partitions.get(partition);
            if (full || progress != null && progress.span() >= settings.span()) {
                paused.add(partition);
            }
        }
        var resumed = new HashSet<>(fresh.paused());
        resumed.removeAll(paused);
        fresh.pause(paused);
        fresh.resume(resumed);
    }

    private void commit(Consumer<String, byte[]> fresh) {
        var offsets = committable(partitions.keySet());
        if (!offsets.isEmpty()) {
            fresh.commitAsync(offsets, (asked, failure) -> {
                if (failure != null) {
                    LOGGER.atDebug().setCause(failure).log("Offsets are committed a little later");
                    asked.keySet().forEach(this::uncommitted);
                }
            });
        }
    }

    private void uncommitted(TopicPartition partition) {
        Progress progress = partitions.get(partition);
        if (progress != null) {
            progress.uncommitted();
        }
    }

    private void commitNow(Consumer<String, byte[]> fresh, Collection<TopicPartition> which) {
        which.forEach(this::uncommitted);
        var offsets = committable(which);
        try {
            if (!offsets.isEmpty()) {
                fresh.commitSync(offsets, settings.grace());
            }
        } catch (KafkaException e) {
            LOGGER.atInfo().setCause(e).log("Offsets were not committed; their questions come again");
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> which) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : which) {
            Progress progress = partitions.get(partition);
            if (progress != null) {
                progress.committable().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return offsets;
    }

    /// Waits for what is under way, a little.
    private void endWhatIsUnderWay() {
        try {
            if (room.tryAcquire(settings.underWay(), settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                room.release(settings.underWay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pauseAfterFailure() {
        try {
            patience.pause(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    /// Lets what is under way end, for a while, and drops the rest: it comes again.
    void end() {
        stopping = true;
        try {
            thread.join(settings.grace().plus(settings.grace()).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.close();
    }

    /// What happens when partitions come and go.
    private final class Moves implements ConsumerRebalanceListener {

        private final SharedOutAnew anew = new SharedOutAnew();
        private final Consumer<String, byte[]> fresh;

        Moves(Consumer<String, byte[]> fresh) {
            this.fresh = fresh;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            joined = true;
            anew.onPartitionsAssigned(fresh, assigned);
            if (!assigned.isEmpty()) {
                LOGGER.atInfo().addKeyValue("partitions", assigned.size()).log("Questions come from more partitions");
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            if (!revoked.isEmpty()) {
                endWhatIsUnderWay();
                commitNow(fresh, revoked);
                forget(revoked);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            forget(lost);
        }

        private void forget(Collection<TopicPartition> gone) {
            Set.copyOf(gone).forEach(partitions::remove);
        }
    }
}
