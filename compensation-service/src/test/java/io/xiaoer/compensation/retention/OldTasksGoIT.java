package io.xiaoer.compensation.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.compensation.CompensationService;
import io.xiaoer.compensation.audit.Audit;
import io.xiaoer.compensation.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// What is done with goes; what waits for a person stays however old it is.
@CompensationService
@TestPropertySource(properties = {"xiaoer.compensation.retention.batch=3", "xiaoer.compensation.retention.batches=50"})
class OldTasksGoIT {
    private static final Duration OLD = Duration.ofDays(41);

    @Autowired
    private Retention retention;

    @Autowired
    private SnowflakeIds ids;

    @Autowired
    private JdbcClient database;

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void giveTheLeaseBack() {
        new Lease(database, "retention").release("another");
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void anOldTaskGoesIfItIsFinishedAndStaysIfItIsNot(TaskStatus status) {
        var task = task(status, OLD);

        retention.prune();

        assertThat(exists("task WHERE id = ?", task)).isEqualTo(!status.isFinished());
    }

    @Test
    void aYoungTaskStays() {
        var task = task(TaskStatus.SUCCEEDED, OLD.minusDays(2));

        retention.prune();

        assertThat(exists("task WHERE id = ?", task)).isTrue();
    }

    @Test
    void itsFailuresGoWithItAndWhatAPersonDidStays() {
        var task = task(TaskStatus.DISCARDED, OLD);
        failure(task);
        audit(task, Audit.SYSTEM);
        audit(task, "somebody");

        retention.prune();

        assertThat(exists("failure WHERE task_id = ?", task)).isFalse();
        assertThat(exists("audit WHERE task_id = ? AND actor = 'compensation-service'", task))
                .isFalse();
        assertThat(exists("audit WHERE task_id = ? AND actor = 'somebody'", task))
                .isTrue();
    }

    @Test
    void whoWasErasedIsForgottenWhenNoDeadLetterOfThatTimeIsLeft() {
        String old = erased(OLD);
        String young = erased(OLD.minusDays(2));

        retention.prune();

        assertThat(exists("erased_key WHERE digest = ?", old)).isFalse();
        assertThat(exists("erased_key WHERE digest = ?", young)).isTrue();
    }

    private String erased(Duration age) {
        String digest = "test-" + ids.next();
        database.sql("INSERT INTO erased_key (digest, erased_at) VALUES (?, ?)")
                .params(digest, LocalDateTime.ofInstant(Instant.now().minus(age), ZoneOffset.UTC))
                .update();
        return digest;
    }

    @Test
    void moreThanABatchGoesInOnePassAndIsCounted() {
        double before = meters.get("xiaoer.compensation.pruned").counter().count();
        var tasks = List.of(
                task(TaskStatus.SUCCEEDED, OLD),
                task(TaskStatus.SUCCEEDED, OLD),
                task(TaskStatus.SUCCEEDED, OLD),
                task(TaskStatus.SUCCEEDED, OLD));

        retention.prune();

        assertThat(tasks).noneMatch(task -> exists("task WHERE id = ?", task));
        assertThat(meters.get("xiaoer.compensation.pruned").counter().count() - before)
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void aNodeLeavesItToTheOneThatHoldsTheLeaseUntilThatIsGivenBack() {
        var lease = new Lease(database, "retention");
        retention.pass();
        await().atMost(Duration.ofSeconds(30)).until(() -> lease.hold("another", Duration.ofMinutes(5)));
        var task = task(TaskStatus.SUCCEEDED, OLD);

        retention.pass();
        assertThat(exists("task WHERE id = ?", task)).isTrue();

        lease.release("another");
        await().untilAsserted(() -> {
            retention.pass();
            assertThat(exists("task WHERE id = ?", task)).isFalse();
        });
    }

    private String task(TaskStatus status, Duration age) {
        var id = ids.next();
        database.sql("INSERT INTO task (id, shop_id, topic, headers, subject, status, reason, attempts, created_at,"
                        + " updated_at) VALUES (?, 'old', 'cs.message', '{}', ?, ?, 'r', 1, ?, ?)")
                .params(id, id, status.name(), ago(age), ago(age))
                .update();
        return id;
    }

    private void failure(String task) {
        database.sql("INSERT INTO failure (topic, partition_no, record_offset, task_id, reason, exception, message,"
                        + " failed_at) VALUES ('cs.message', 99, ?, ?, 'r', 'e', 'm', ?)")
                .params(task, task, ago(OLD))
                .update();
    }

    private void audit(String task, String actor) {
        database.sql("INSERT INTO audit (id, task_id, actor, action, detail, done_at) VALUES (?, ?, ?, 'a', 'd', ?)")
                .params(ids.next(), task, actor, ago(OLD))
                .update();
    }

    private boolean exists(String where, String task) {
        return database.sql("SELECT COUNT(*) FROM " + where)
                        .params(task)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static LocalDateTime ago(Duration age) {
        return LocalDateTime.ofInstant(Instant.now().minus(age), ZoneOffset.UTC);
    }
}
