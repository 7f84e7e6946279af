package io.xiaoer.compensation.replay;

import io.xiaoer.compensation.task.Task;

/// Work that this service does itself: its tasks are sent again by who does it, not through a topic of Kafka. Who does
/// it tells of the end of each.
public interface LocalWork {
    /// What its tasks have for a topic.
    String topic();

    /// Begins again, in the transaction that changes the task.
    ///
    /// @param payload what to work on from now on
    /// @return whether it can be done again
    boolean again(Task task, byte[] payload);

    /// The task is given up, in the transaction that discards it.
    void givenUp(Task task);
}
