package io.xiaoer.compensation.replay;

import io.xiaoer.compensation.retry.RetrySettings;
import io.xiaoer.compensation.task.Tasks;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Looks every few seconds for tasks that are due and for replays that nothing was heard of. Several instances may look
/// at once: each task is claimed under its lock before anything is sent.
@Component
class Retries {
    private static final Logger LOGGER = LoggerFactory.getLogger(Retries.class);

    private final Tasks tasks;
    private final Replay replay;
    private final RetrySettings settings;
    private final Clock clock;

    Retries(Tasks tasks, Replay replay, RetrySettings settings, Clock clock) {
        this.tasks = tasks;
        this.replay = replay;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${xiaoer.compensation.retry.every:2s}")
    void round() {
        try {
            var now = clock.instant();
            tasks.due(now, settings.atOnce()).forEach(this::retry);
            tasks.silentSince(now.minus(settings.settle()), settings.atOnce(), told(), false)
                    .forEach(replay::settle);
            tasks.silentSince(now.minus(settings.patience()), settings.atOnce(), settings.reporting(), true)
                    .forEach(replay::settle);
        } catch (DataAccessException | TransactionException away) {
            LOGGER.atWarn()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("Retries wait for the database");
        }
    }

    /// The topics of which news comes, from their owner or from this service itself.
    private Set<String> told() {
        var all = new HashSet<>(settings.reporting());
        all.addAll(replay.local());
        return all;
    }

    /// A task that cannot be put on its way fails alone: the others of the round, and of the next ones, go on.
    private void retry(String task) {
        try {
            replay.retry(task);
        } catch (NotSendable refused) {
            LOGGER.atError().addKeyValue("task", task).setCause(refused).log("A task cannot be sent again");
            replay.notSendable(task);
        }
    }
}
