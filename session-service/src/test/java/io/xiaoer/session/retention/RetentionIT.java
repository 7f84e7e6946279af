package io.xiaoer.session.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is older than it is kept goes, and nothing else.
@SessionServiceTest
class RetentionIT {

    private static final Duration KEPT = Duration.ofDays(180);

    @LocalServerPort
    private int port;

    @Autowired
    private RetentionTables tables;

    @Autowired
    private JdbcClient jdbc;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Instant now = Clock.systemUTC().instant();

    @SuppressWarnings("NullAway.Init")
    private Shopper user;

    @BeforeEach
    void aShop() {
        user = Shopper.alone(port);
    }

    @Test
    void oldMessagesGoInBatchesAndYoungerOnesStay() {
        for (int i = 1; i <= 7; i++) {
            message(now.minus(KEPT).minus(Duration.ofMinutes(i)));
        }
        message(now.minus(KEPT).plus(Duration.ofMinutes(5)));
        var retention = retention(3, 2);

        int first = retention.prune();
        int second = retention.prune();

        assertThat(first).isEqualTo(6);
        assertThat(second).isEqualTo(1);
        assertThat(rows("message")).isEqualTo(1);
        assertThat(meters.get("xiaoer.archive.pruned")
                        .tag("kind", "messages")
                        .counter()
                        .count())
                .isEqualTo(7);
        retention.pass();
    }

    @Test
    void oldDraftsGoThoughTheirSessionIsOpen() {
        long sid = Long.parseLong(user.session());
        draft(sid, now.minus(KEPT).minusSeconds(60));
        draft(sid, now.minus(KEPT).plusSeconds(600));

        retention(100, 10).pass();

        assertThat(rows("session_draft")).isEqualTo(1);
        assertThat(rows("session")).isEqualTo(1);
    }

    private void draft(long sid, Instant made) {
        jdbc.sql(
                        "INSERT INTO session_draft (shop_id, session_id, nonce, id, body, made_at) VALUES (?, ?, ?, ?, '{}', ?)")
                .params(
                        user.shop(),
                        sid,
                        UUID.randomUUID().toString(),
                        Long.parseLong(SnowflakeIds.atTime(made)),
                        made.toEpochMilli())
                .update();
    }

    @Test
    void endedSessionsGoWithTheirRatings() {
        String old = user.session();
        user.call("POST", "/api/v1/bot/sessions/" + old + "/rating")
                .json("{\"score\":5}")
                .send();
        user.call("DELETE", "/api/v1/bot/sessions/" + old).send();
        jdbc.sql("UPDATE session SET ended_at = ? WHERE id = ?")
                .params(now.minus(KEPT).minusSeconds(60).toEpochMilli(), old)
                .update();
        String open = user.session();

        retention(100, 10).pass();

        assertThat(rows("session_rating")).isZero();
        assertThat(rows("session")).isEqualTo(1);
        assertThat(user.session()).isEqualTo(open);
    }

    @Test
    void whileAnotherNodeHoldsTheLeaseNothingIsDone() {
        var lease = new Lease(jdbc, "retention");
        assertThat(lease.hold("theirs", Duration.ofMinutes(2))).isTrue();
        message(now.minus(KEPT).minus(Duration.ofMinutes(1)));

        assertThat(retention(3, 2).prune()).isZero();
        assertThat(rows("message")).isEqualTo(1);

        lease.release("theirs");
        retention(3, 2).pass();
        assertThat(rows("message")).isZero();
    }

    @Test
    void settingsThatWouldBringBackWhatWentAreRefused() {
        assertThatThrownBy(() -> new RetentionSettings(Duration.ofDays(7), 1000, 50))
                .hasMessageContaining("xiaoer.archive.retention");
        assertThatThrownBy(() -> new RetentionSettings(KEPT, 0, 50)).hasMessageContaining("xiaoer.archive.batch");
        assertThatThrownBy(() -> new RetentionSettings(KEPT, 1000, 0)).hasMessageContaining("xiaoer.archive.batches");
    }

    private Retention retention(int batch, int batches) {
        return new Retention(
                tables,
                new RetentionSettings(KEPT, batch, batches),
                new Lease(jdbc, "retention"),
                meters,
                Clock.systemUTC());
    }

    private void message(Instant said) {
        jdbc.sql("INSERT INTO message (shop_id, user_id, id, sender, client_id, hash, body)"
                        + " VALUES (?, ?, ?, 'user:x', ?, 'h', '{}')")
                .params(
                        user.shop(),
                        user.key().name(),
                        Long.parseLong(SnowflakeIds.atTime(said)),
                        UUID.randomUUID().toString())
                .update();
    }

    private long rows(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE shop_id = ?")
                .param(user.shop())
                .query(Long.class)
                .single();
    }
}
