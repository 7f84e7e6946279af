package io.xiaoer.compensation.retry;

import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskChange;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// When a task is tried again: exponential backoff with jitter, within a number of attempts.
@Component
public class RetryPlan {
    private static final int MOST_DOUBLINGS = 20;

    private final Tasks tasks;
    private final RetrySettings settings;
    private final RandomGenerator chance;
    private final Clock clock;

    RetryPlan(Tasks tasks, RetrySettings settings, RandomGenerator chance, Clock clock) {
        this.tasks = tasks;
        this.settings = settings;
        this.chance = chance;
        this.clock = clock;
    }

    /// When a task that failed this often is due, null if only a person may send it again.
    public @Nullable Instant nextTry(String topic, int attempts, Instant now) {
        if (settings.manual().contains(topic)) {
            return null;
        }
        int doublings = Math.clamp(attempts - 1, 0, MOST_DOUBLINGS);
        long pause = Math.min(settings.longest().toMillis(), settings.first().toMillis() << doublings);
        return now.plusMillis(pause + (long) (pause * settings.jitter() * chance.nextDouble()));
    }

    /// Makes a locked task wait for its next try, or exhausted when it has failed often enough. A task that was
    /// discarded meanwhile stays so.
    public void failedAgain(Task task, String reason) {
        if (task.status() == TaskStatus.DISCARDED) {
            return;
        }
        int attempts = task.attempts() + 1;
        boolean enough = attempts >= settings.attempts();
        var status =
                enough && task.status().mayBecome(TaskStatus.EXHAUSTED) ? TaskStatus.EXHAUSTED : TaskStatus.WAITING;
        if (task.status() == TaskStatus.WAITING || task.status().mayBecome(status)) {
            var next = enough ? null : nextTry(task.topic(), attempts, clock.instant());
            tasks.change(task, TaskChange.failed(task, status, reason, next));
        }
    }
}
