package io.xiaoer.compensation.replay;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskFilter;
import io.xiaoer.compensation.task.Tasks;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Replays many tasks, one bulk at a time in this instance and not faster than its pace, so that what was overwhelmed
/// once is not overwhelmed again.
@Component
class BulkReplay {
    private static final Logger LOGGER = LoggerFactory.getLogger(BulkReplay.class);

    /// The most tasks of one call; at the pace below it ends within two seconds.
    static final int MOST = 200;

    private static final int PAUSE_MS = 10;

    private final Tasks tasks;
    private final Replay replay;
    private final Semaphore turn = new Semaphore(1);
    private final Semaphore never = new Semaphore(0);

    BulkReplay(Tasks tasks, Replay replay) {
        this.tasks = tasks;
        this.replay = replay;
    }

    /// What was done.
    ///
    /// @param matched how many tasks fitted, at most the limit
    /// @param replayed how many were sent again
    /// @param skipped how many another acted on meanwhile
    /// @param failed how many cannot be sent; they stay as they are
    /// @param more whether further tasks may fit
    record Report(
            int matched, int replayed, int skipped, int failed, boolean more, boolean dryRun, List<String> tasks) {}

    /// What became of one task.
    private enum End {
        REPLAYED,
        SKIPPED,
        FAILED
    }

    Report run(@Nullable ShopId reader, String actor, TaskFilter filter, boolean dry) {
        if (!turn.tryAcquire()) {
            throw new ProblemException(ProblemCode.RATE_LIMITED, "Another bulk replay is running")
                    .header("Retry-After", "2");
        }
        try {
            var matched = tasks.list(reader, filter);
            var ids = matched.stream().map(Task::id).toList();
            var ends = dry ? Map.<End, Integer>of() : replayAll(matched, actor);
            return new Report(
                    ids.size(),
                    ends.getOrDefault(End.REPLAYED, 0),
                    ends.getOrDefault(End.SKIPPED, 0),
                    ends.getOrDefault(End.FAILED, 0),
                    ids.size() == filter.limit(),
                    dry,
                    ids);
        } finally {
            turn.release();
        }
    }

    private Map<End, Integer> replayAll(List<Task> matched, String actor) {
        var ends = new EnumMap<End, Integer>(End.class);
        for (var task : matched) {
            ends.merge(replay(task, actor), 1, Integer::sum);
            pause();
        }
        return ends;
    }

    private End replay(Task task, String actor) {
        try {
            return replay.replay(task, actor, null).filter(Replay.Done::won).isPresent() ? End.REPLAYED : End.SKIPPED;
        } catch (NotSendable refused) {
            LOGGER.atWarn().addKeyValue("task", task.id()).setCause(refused).log("A bulk replay leaves a task out");
            return End.FAILED;
        }
    }

    private void pause() {
        try {
            if (never.tryAcquire(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                never.release();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two replays", interrupted);
        }
    }
}
