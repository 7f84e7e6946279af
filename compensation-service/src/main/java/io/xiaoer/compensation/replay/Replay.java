package io.xiaoer.compensation.replay;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.TypeReference;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.compensation.audit.Audit;
import io.xiaoer.compensation.audit.Deed;
import io.xiaoer.compensation.retry.RetryPlan;
import io.xiaoer.compensation.retry.RetrySettings;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskChange;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// The deeds on tasks.
@Component
public class Replay {
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final Duration ONE_MOMENT = Duration.ofSeconds(5);
    private static final String NOT_SENDABLE = "not_sendable";

    private final Tasks tasks;
    private final Outbox outbox;
    private final RetryPlan plan;
    private final RetrySettings settings;
    private final Audit audit;
    private final Clock clock;
    private final Map<String, LocalWork> local;

    Replay(
            Tasks tasks,
            Outbox outbox,
            RetryPlan plan,
            RetrySettings settings,
            Audit audit,
            Clock clock,
            List<LocalWork> local) {
        this.tasks = tasks;
        this.outbox = outbox;
        this.plan = plan;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
        this.local = local.stream().collect(Collectors.toUnmodifiableMap(LocalWork::topic, work -> work));
    }

    /// A deed on one task.
    ///
    /// @param won whether it was done; a task that is finished, that another changed, or whose work cannot be done
    ///     again stays as it is
    public record Done(Task task, boolean won) {}

    /// A person sends a task again.
    ///
    /// @param seen the task as the person saw it; it stays as it is if somebody acted on it since, or just did
    /// @param edited what to send from now on, null to send what is there
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Optional<Done> replay(Task seen, String actor, byte @Nullable [] edited) {
        var id = seen.id();
        return tasks.lock(id).map(task -> {
            if (!task.status().mayBecome(TaskStatus.REPLAYED)
                    || !isAsSeen(task, seen)
                    || isJustReplayed(task)
                    || !begun(task, edited)) {
                return new Done(task, false);
            }
            audit.note(id, actor, Deed.REPLAYED, edited == null ? "as it was" : "with an edited payload");
            return new Done(send(task, TaskStatus.REPLAYED, edited == null ? task.editedPayload() : edited), true);
        });
    }

    /// Sends a task again as it stands, for work that saw it as it is now.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Optional<Done> replay(String id, String actor, byte @Nullable [] edited) {
        return tasks.lock(id).flatMap(task -> replay(task, actor, edited));
    }

    /// Gives a task up as it stands, for work that saw it as it is now.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Optional<Done> discard(String id, String actor, String reason) {
        return tasks.lock(id).flatMap(task -> discard(task, actor, reason));
    }

    /// A person gives a task up; the owner of the work is told if it reports outcomes.
    ///
    /// @param seen the task as the person saw it; it stays as it is if somebody acted on it since
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Optional<Done> discard(Task seen, String actor, String reason) {
        var id = seen.id();
        return tasks.lock(id).map(task -> {
            if (!task.status().mayBecome(TaskStatus.DISCARDED) || !isAsSeen(task, seen)) {
                return new Done(task, false);
            }
            audit.note(id, actor, Deed.DISCARDED, reason);
            var own = local.get(task.topic());
            if (own != null) {
                own.givenUp(task);
            } else if (settings.reporting().contains(task.topic())) {
                put(task, task.payload(), DeadLetters.DISCARD_OF);
            }
            return new Done(tasks.change(task, TaskChange.finished(task, TaskStatus.DISCARDED)), true);
        });
    }

    /// The service sends a task again if it is still due.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void retry(String id) {
        tasks.lock(id).filter(this::isDue).ifPresent(task -> {
            audit.note(id, Audit.SYSTEM, Deed.RETRIED, "after " + task.attempts() + " failures");
            send(task, TaskStatus.RETRYING, task.editedPayload());
        });
    }

    /// The service could not send a task again, and no later try will do better by itself.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void notSendable(String id) {
        tasks.lock(id).filter(this::isDue).ifPresent(task -> {
            audit.note(id, Audit.SYSTEM, Deed.FAILED_AGAIN, NOT_SENDABLE);
            plan.failedAgain(task, NOT_SENDABLE);
        });
    }

    /// The owner of the work reports how it ended.
    ///
    /// @param done whether it took effect; false if it was refused or given up
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void ended(String id, boolean done, String how) {
        tasks.lock(id)
                .filter(task -> task.status().mayBecome(TaskStatus.SUCCEEDED))
                .filter(task -> done || task.status() != TaskStatus.DISCARDED)
                .ifPresent(task -> succeed(task, how));
    }

    /// Decides about a task that was sent again and not heard of since. One that still stands in the outbox has not
    /// been sent: its wait begins anew.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void settle(String id) {
        tasks.lock(id).filter(this::isSilent).ifPresent(task -> {
            if (!outbox.unsent(task.topic(), key(task), 1).isEmpty()) {
                tasks.change(task, TaskChange.sent(task, task.status(), task.editedPayload(), clock.instant()));
            } else if (settings.reporting().contains(task.topic())) {
                audit.note(id, Audit.SYSTEM, Deed.TIMED_OUT, "no outcome was reported");
                plan.failedAgain(task, "no_outcome");
            } else {
                succeed(task, "it did not come back");
            }
        });
    }

    /// Topics whose tasks nobody need wait for: who does the work tells of its end.
    Set<String> local() {
        return local.keySet();
    }

    private void succeed(Task task, String how) {
        audit.note(task.id(), Audit.SYSTEM, Deed.SUCCEEDED, how);
        tasks.change(task, TaskChange.finished(task, TaskStatus.SUCCEEDED));
    }

    private static boolean isAsSeen(Task task, Task seen) {
        return task.status() == seen.status() && task.updatedAt().equals(seen.updatedAt());
    }

    /// Two who press the button at one time mean one replay, also if the second reads what the first has done.
    private boolean isJustReplayed(Task task) {
        var acted = task.actedAt();
        return task.status() == TaskStatus.REPLAYED
                && acted != null
                && acted.plus(ONE_MOMENT).isAfter(clock.instant());
    }

    private boolean isDue(Task task) {
        var next = task.nextAt();
        return task.status() == TaskStatus.WAITING && next != null && !next.isAfter(clock.instant());
    }

    private boolean isSilent(Task task) {
        var acted = Objects.requireNonNullElse(task.actedAt(), task.updatedAt());
        return task.status().isUnderWay()
                && !acted.plus(settings.waitingTime(task.topic())).isAfter(clock.instant());
    }

    /// Whether work of this service could be begun again; that of others goes by the outbox.
    private boolean begun(Task task, byte @Nullable [] edited) {
        var own = local.get(task.topic());
        return own == null || own.again(task, bytes(edited == null ? task.toSend() : edited));
    }

    private Task send(Task task, TaskStatus status, byte @Nullable [] edited) {
        if (!local.containsKey(task.topic())) {
            put(task, edited == null ? task.payload() : edited, DeadLetters.REPLAY_OF);
        }
        return tasks.change(task, TaskChange.sent(task, status, edited, clock.instant()));
    }

    /// @throws NotSendable which ends the transaction: the task stays as it was
    private void put(Task task, byte @Nullable [] payload, String mark) {
        try {
            outbox.add(task.topic(), key(task), bytes(payload), headers(task, mark));
        } catch (DataIntegrityViolationException | IllegalArgumentException | JSONException refused) {
            throw new NotSendable(refused);
        }
    }

    private static byte[] bytes(byte @Nullable [] payload) {
        return payload == null ? new byte[0] : payload;
    }

    private static String key(Task task) {
        var key = task.recordKey();
        return key == null || key.isEmpty() ? task.subject() : key;
    }

    private static Map<String, String> headers(Task task, String mark) {
        var headers = new HashMap<>(JSON.parseObject(task.headers(), HEADERS));
        headers.put(mark, task.id());
        return headers;
    }
}
