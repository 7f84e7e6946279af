package io.xiaoer.compensation.task;

import java.time.Instant;

/// One time that a task's work failed.
///
/// @param topic of the record that failed; with partition and offset the failure's identity
public record Failure(
        String topic,
        int partitionNo,
        long recordOffset,
        String taskId,
        String reason,
        String exception,
        String message,
        Instant failedAt) {}
