package io.xiaoer.compensation.task;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/// The store of tasks. Those who change one lock it first, in a transaction of theirs.
@Component
public class Tasks {
    private static final int FAILURES_SHOWN = 20;

    private final TaskMapper tasks;
    private final Clock clock;

    Tasks(TaskMapper tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /// A task as its reader may see it.
    ///
    /// @param reader the shop whose tasks are meant, null for an operator
    public Optional<Task> find(@Nullable ShopId reader, String id) {
        return Optional.ofNullable(
                reader == null ? tasks.findAny(id) : Tenant.call(reader, () -> tasks.find(reader, id)));
    }

    /// The newest tasks that fit and that the reader may see.
    public List<Task> list(@Nullable ShopId reader, TaskFilter filter) {
        if (reader == null) {
            return tasks.listAny(null, filter);
        }
        if (filter.shopId() != null && !filter.shopId().equals(reader.value())) {
            return List.of();
        }
        return Tenant.call(reader, () -> tasks.list(reader, filter));
    }

    /// Holds a task until the transaction ends.
    public Optional<Task> lock(String id) {
        return Optional.ofNullable(tasks.lock(id));
    }

    public void add(Task task) {
        add(task, null);
    }

    /// @param userTag of the shopper whom its record tells of something, if its key does not say it
    public void add(Task task, @Nullable String userTag) {
        tasks.insert(task, userTag);
    }

    /// Changes a locked task.
    ///
    /// @throws IllegalStateException if the change is not one of those that [TaskStatus] allows
    public Task change(Task task, TaskChange change) {
        if (task.status() != change.status() && !task.status().mayBecome(change.status())) {
            throw new IllegalStateException("a task that is " + task.status() + " does not become " + change.status());
        }
        var changed = change.of(task, clock.instant());
        if (!tasks.change(task.status(), changed)) {
            throw new IllegalStateException("a task was changed without being locked");
        }
        return changed;
    }

    /// Notes a failure; false if it is known already.
    public boolean addFailure(Failure failure) {
        try {
            tasks.insertFailure(failure);
            return true;
        } catch (DuplicateKeyException known) {
            return false;
        }
    }

    /// The newest failures of a task.
    public List<Failure> failuresOf(String task) {
        return tasks.failuresOf(task, FAILURES_SHOWN);
    }

    /// The tasks whose record stood under a shopper's tag, or tells the shopper something, held until the transaction
    /// ends; waits for one that is being added.
    public List<String> ofUser(String tag) {
        return Stream.concat(tasks.ofKey(tag).stream(), tasks.ofUser(tag).stream())
                .distinct()
                .toList();
    }

    /// Takes from a locked task what its record said and whose it was; that there was a failure stays.
    public void empty(String id) {
        tasks.empty(id);
        tasks.emptyFailures(id);
    }

    /// Tasks that the service should send again now.
    public List<String> due(Instant now, int limit) {
        return tasks.due(now, limit);
    }

    /// Tasks that were sent again before this moment and have no outcome.
    ///
    /// @param ofThese whether tasks of these topics are meant, or those of all others
    public List<String> silentSince(Instant before, int limit, Set<String> topics, boolean ofThese) {
        return tasks.silentSince(before, limit, topics, ofThese);
    }

    /// How many tasks have a status, counted no further than the limit.
    int count(TaskStatus status, int limit) {
        return tasks.count(status, limit);
    }
}
