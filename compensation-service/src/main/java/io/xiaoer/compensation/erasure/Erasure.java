package io.xiaoer.compensation.erasure;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.compensation.audit.Audit;
import io.xiaoer.compensation.audit.Deed;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskChange;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.Tasks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Empties the tasks whose record stood under a shopper's tag, which are what the shopper said and was told, and those
/// that tell what came of commands to the shopper.
@Component
public class Erasure {
    private static final String REASON = "erased";

    private final Tasks tasks;
    private final Audit audit;
    private final ErasedKeys keys;

    Erasure(Tasks tasks, Audit audit, ErasedKeys keys) {
        this.tasks = tasks;
        this.audit = audit;
        this.keys = keys;
    }

    /// Empties a task that a dead letter has just made or touched, if its shopper was erased after the record was
    /// written. Whoever looks here first has written the task: an erasure that is not seen yet waits for that and
    /// finds it.
    ///
    /// @param key under which the record stood, or the tag of the shopper whom it tells something
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void follow(String task, @Nullable String key, Instant written) {
        if (keys.cover(key, written)) {
            tasks.lock(task).ifPresent(this::empty);
        }
    }

    /// Remembers that a shopper was erased. Comes before [#erase], in a transaction of its own.
    public void remember(UserKey user, Instant at) {
        keys.remember(user, at);
    }

    /// Whether the shopper whose tag this is was erased after this moment.
    public boolean covers(String tag, Instant written) {
        return keys.cover(tag, written);
    }

    /// All of it or nothing.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void erase(UserKey user) {
        for (String id : tasks.ofUser(user.tag())) {
            tasks.lock(id).ifPresent(this::empty);
        }
    }

    private void empty(Task task) {
        if (task.status().mayBecome(TaskStatus.DISCARDED)) {
            tasks.change(task, TaskChange.finished(task, TaskStatus.DISCARDED));
            audit.note(task.id(), Audit.SYSTEM, Deed.DISCARDED, REASON);
        }
        tasks.empty(task.id());
    }
}
