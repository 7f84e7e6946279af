package io.xiaoer.compensation;

import static org.awaitility.Awaitility.await;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// No news is good news only of what was sent: a record may wait in the outbox while Kafka or its relay is away, or
/// since the process died before it was sent.
@CompensationService
class WhatIsNotSentIsWaitedForIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// No broker takes records of such a name.
    private static final String NO_TOPIC = "no topic";

    @Autowired
    private Tasks tasks;

    @Autowired
    private SnowflakeIds ids;

    @Autowired
    private JdbcClient database;

    @AfterEach
    void takeItOut() {
        database.sql("DELETE FROM outbox WHERE topic = ?").params(NO_TOPIC).update();
    }

    @Test
    void aTaskThatStillStandsInTheOutboxHasNotSucceeded() {
        var id = ids.next();
        tasks.add(due(id));

        await().atMost(PATIENCE).until(() -> task(id).status() == TaskStatus.RETRYING);
        var first = Objects.requireNonNull(task(id).actedAt());
        await().atMost(PATIENCE)
                .until(() -> Objects.requireNonNull(task(id).actedAt()).isAfter(first)
                        && task(id).status() == TaskStatus.RETRYING);

        takeItOut();

        await().atMost(PATIENCE).until(() -> task(id).status() == TaskStatus.SUCCEEDED);
    }

    private Task task(String id) {
        return tasks.find(null, id).orElseThrow();
    }

    private static Task due(String id) {
        var now = Instant.now();
        return new Task(
                id, "unsent", NO_TOPIC, id, null, null, "{}", id, TaskStatus.WAITING, "r", 1, now, null, now, now);
    }
}
