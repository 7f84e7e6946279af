package io.xiaoer.compensation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.compensation.CompensationService;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

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
    private TransactionTemplate transaction;

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

    @Test
    void whatIsLookedForIsFoundByAnIndexInTheShopAndOverAll() {
        var shop = new ShopId("q" + ids.next().substring(0, 15));
        var one = task(TaskStatus.WAITING, MADE);
        tasks.add(new Task(
                one.id(),
                shop.value(),
                one.topic(),
                shop.value() + ":u.li",
                null,
                null,
                "{}",
                "subject-" + one.id(),
                one.status(),
                "r",
                1,
                null,
                null,
                MADE,
                MADE));
        others(shop, 900);
        try {
            transaction.executeWithoutResult(status -> lookFor(one, shop));
        } finally {
            database.sql("DELETE FROM task WHERE shop_id = ?")
                    .param(shop.value())
                    .update();
        }
    }

    private void lookFor(Task one, ShopId shop) {
        for (var q : List.of(one.id(), "subject-" + one.id(), shop.value() + ":u.li")) {
            for (var reader : new ShopId[] {shop, null}) {
                long before = rowsRead();
                var found = tasks.list(reader, new TaskFilter(List.of(), null, null, null, q, null, 50));

                assertThat(found).extracting(Task::id).containsExactly(one.id());
                assertThat(rowsRead() - before).as(q).isLessThan(300);
            }
            assertThat(tasks.list(shop, new TaskFilter(List.of(TaskStatus.EXHAUSTED), null, null, null, q, null, 50)))
                    .isEmpty();
            assertThat(tasks.list(new ShopId("another"), new TaskFilter(List.of(), null, null, null, q, null, 50)))
                    .isEmpty();
            assertThat(tasks.list(null, new TaskFilter(List.of(), null, "another", null, q, null, 50)))
                    .isEmpty();
        }
        assertThat(tasks.list(shop, new TaskFilter(List.of(), null, null, null, "other", null, 2)))
                .hasSize(2);
    }

    private void others(ShopId shop, int many) {
        long first = Long.parseLong(ids.next()) + 1_000_000;
        database.sql("INSERT INTO task (id, shop_id, topic, record_key, headers, subject, status, reason, attempts,"
                        + " created_at, updated_at) WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL"
                        + " SELECT n + 1 FROM numbers WHERE n < ?) SELECT ? + n, ?, 'cs.message', CONCAT('k', n), '{}',"
                        + " IF(n < 10, 'other', CONCAT('s', n)), 'DISCARDED', 'r', 1, NOW(6), NOW(6) FROM numbers")
                .params(many, first, shop.value())
                .update();
        database.sql("ANALYZE TABLE task").query().listOfRows();
    }

    /// By the connection of this transaction.
    private long rowsRead() {
        return database.sql("SHOW SESSION STATUS LIKE 'Handler_read%'").query().listOfRows().stream()
                .mapToLong(row -> Long.parseLong(String.valueOf(row.get("Value"))))
                .sum();
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
