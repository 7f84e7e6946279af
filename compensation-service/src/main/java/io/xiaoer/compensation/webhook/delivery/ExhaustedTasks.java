package io.xiaoer.compensation.webhook.delivery;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.compensation.audit.Audit;
import io.xiaoer.compensation.audit.Deed;
import io.xiaoer.compensation.task.Failure;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskChange;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.Tasks;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Hands a delivery that failed for its whole window to a person: a task, exhausted from the start.
@Component
class ExhaustedTasks {
    /// What stands in the place of a topic: these tasks are replayed by sending the delivery again.
    static final String TOPIC = "webhook.delivery";

    private final Tasks tasks;
    private final Audit audit;
    private final SnowflakeIds ids;

    ExhaustedTasks(Tasks tasks, Audit audit, SnowflakeIds ids) {
        this.tasks = tasks;
        this.audit = audit;
        this.ids = ids;
    }

    /// Holds a task until the caller's transaction ends.
    void hold(String task) {
        tasks.lock(task);
    }

    /// In the caller's transaction.
    ///
    /// @return the id of its task: the one it had before, unless that has ended
    String exhausted(Delivery delivery, Instant now) {
        var reason = Objects.requireNonNullElse(delivery.reason(), "unknown");
        var id = known(delivery).map(task -> again(task, reason)).orElseGet(() -> create(delivery, reason, now));
        tasks.addFailure(new Failure(
                TOPIC,
                delivery.attempts(),
                Long.parseLong(delivery.id()),
                id,
                reason,
                reason,
                delivery.code() == null ? "no answer" : "status " + delivery.code(),
                now));
        return id;
    }

    private Optional<Task> known(Delivery delivery) {
        var id = delivery.taskId();
        return id == null
                ? Optional.empty()
                : tasks.lock(id)
                        .filter(task -> task.status() == TaskStatus.EXHAUSTED
                                || task.status().mayBecome(TaskStatus.EXHAUSTED));
    }

    private String again(Task task, String reason) {
        tasks.change(task, TaskChange.failed(task, TaskStatus.EXHAUSTED, reason, null));
        audit.note(task.id(), Audit.SYSTEM, Deed.FAILED_AGAIN, reason);
        return task.id();
    }

    private String create(Delivery delivery, String reason, Instant now) {
        var id = ids.next();
        tasks.add(task(id, delivery, reason, now));
        audit.note(id, Audit.SYSTEM, Deed.CREATED, reason);
        return id;
    }

    private static Task task(String id, Delivery delivery, String reason, Instant now) {
        var headers = Map.of("webhook-id", delivery.eventId(), "webhook", delivery.webhookId());
        return new Task(
                id,
                delivery.shopId(),
                TOPIC,
                delivery.userTag(),
                delivery.payload(),
                null,
                JSON.toJSONString(headers),
                delivery.id(),
                TaskStatus.EXHAUSTED,
                reason,
                1,
                null,
                null,
                now,
                now);
    }
}
