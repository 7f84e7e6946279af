package io.xiaoer.compensation.erasure;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.compensation.audit.Audit;
import io.xiaoer.compensation.audit.Deed;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskChange;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.Tasks;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Empties the tasks whose record stood under a shopper's tag, which are what the shopper said and was told.
@Component
class Erasure {
    private static final String REASON = "erased";

    private final Tasks tasks;
    private final Audit audit;

    Erasure(Tasks tasks, Audit audit) {
        this.tasks = tasks;
        this.audit = audit;
    }

    /// All of it or nothing.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void erase(UserKey user) {
        for (String id : tasks.ofKey(user.tag())) {
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
