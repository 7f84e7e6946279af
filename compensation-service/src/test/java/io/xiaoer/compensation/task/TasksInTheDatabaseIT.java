package io.xiaoer.compensation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.compensation.CompensationService;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How tasks stand in their table.
@CompensationService
class TasksInTheDatabaseIT {
    private static final Instant MADE = Instant.parse("2026-03-29T01:30:00.123456Z");

    private final TimeZone here = TimeZone.getDefault();

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskMeters figures;

    @Autowired
    private SnowflakeIds ids;

    @Autowired
    private JdbcClient database;

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void goHome() {
        TimeZone.setDefault(here);
    }

    @Test
    void momentsAreUtcWhateverTheZoneOfTheProcess() {
        var task = task(TaskStatus.EXHAUSTED, MADE);
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
        tasks.add(task);

        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        var read = tasks.find(null, task.id()).orElseThrow();

        assertThat(read.createdAt()).isEqualTo(MADE);
        assertThat(read.nextAt()).isEqualTo(MADE.plusSeconds(60));
        assertThat(read.actedAt()).isNull();
        var stored = database.sql("SELECT updated_at FROM task WHERE id = ?")
                .params(task.id())
                .query((row, number) -> row.getObject("updated_at", LocalDateTime.class))
                .single();
        assertThat(stored.toInstant(ZoneOffset.UTC)).isEqualTo(MADE);
    }

    @Test
    void aStatusIsCountedButNotBeyondABound() {
        tasks.add(task(TaskStatus.DISCARDED, Instant.now()));
        tasks.add(task(TaskStatus.DISCARDED, Instant.now()));

        assertThat(tasks.count(TaskStatus.DISCARDED, 1)).isEqualTo(1);
        assertThat(tasks.count(TaskStatus.DISCARDED, TaskMeters.MOST_COUNTED)).isGreaterThanOrEqualTo(2);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            figures.count();
            return meters.get("xiaoer.compensation.tasks")
                            .tag("status", "discarded")
                            .gauge()
                            .value()
                    >= 2;
        });
    }

    private Task task(TaskStatus status, Instant made) {
        var id = ids.next();
        return new Task(
                id,
                "zones",
                "cs.message",
                null,
                null,
                null,
                "{}",
                id,
                status,
                "r",
                8,
                made.plusSeconds(60),
                null,
                made,
                made);
    }
}
