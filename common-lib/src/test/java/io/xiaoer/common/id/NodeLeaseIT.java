package io.xiaoer.common.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.SetClock;
import io.xiaoer.common.testing.WithServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/// Node numbers over a real database, with clocks that are wrong.
@WithServers(ServerKind.MARIADB)
class NodeLeaseIT {

    private static final NodeLeaseSettings SETTINGS =
            new NodeLeaseSettings(256, Duration.ofMinutes(10), Duration.ofSeconds(30));
    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");

    private final DriverManagerDataSource database = new DriverManagerDataSource(
            RealServers.dbUrl("xiaoer_test"), RealServers.dbUser(), RealServers.dbPassword());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final SetClock clock = new SetClock(NOW);

    @BeforeEach
    void createTable() {
        jdbc.sql("DROP TABLE IF EXISTS node_lease").update();
        new ResourceDatabasePopulator(new ClassPathResource("db/template/node_lease.sql")).execute(database);
    }

    @Test
    void processesThatStartAtOneTimeGetNumbersOfTheirOwn() throws Exception {
        var processes = new ArrayList<Process>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                processes.add(new Process(clock));
            }
            List<Callable<Boolean>> starts = processes.stream()
                    .map(process -> (Callable<Boolean>) process.lease::tick)
                    .toList();
            for (var started : threads.invokeAll(starts)) {
                assertThat(started.get()).isTrue();
            }
        }
        var made = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            for (var process : processes) {
                assertThat(made.add(process.ids.next())).isTrue();
            }
        }
        assertThat(jdbc.sql("SELECT COUNT(*) FROM node_lease WHERE holder <> ''")
                        .query(Integer.class)
                        .single())
                .isEqualTo(16);
        assertThat(made).allMatch(id -> node(id) >= 256 && node(id) < 512);
    }

    @Test
    void withoutANumberThereAreNoIds() {
        var process = new Process(clock);

        assertThatThrownBy(process.ids::next).isInstanceOf(NoNodeNumber.class);
    }

    @Test
    void whoIsNotRenewedStopsMakingIdsAndTheNextHolderBeginsAboveThem() {
        var first = new Process(clock);
        first.lease.tick();
        int number = node(first.ids.next());
        onlyThisNumber(number - 256);
        clock.pass(SETTINGS.lease());
        String last = first.ids.next();
        clock.pass(Duration.ofMillis(1));

        assertThatThrownBy(first.ids::next).isInstanceOf(NoNodeNumber.class);
        assertThat(first.meters.get("xiaoer.ids.lease.left").gauge().value()).isZero();

        lapse();
        var slow = new SetClock(NOW.minus(Duration.ofDays(1)));
        var second = new Process(slow);
        assertThat(second.lease.tick()).isTrue();
        String next = second.ids.next();
        assertThat(node(next)).isEqualTo(number);
        assertThat(SnowflakeIds.compare(next, last)).isPositive();
        assertThat(second.meters.get("xiaoer.ids.ahead").gauge().value())
                .isGreaterThan(Duration.ofDays(1).toMillis());
    }

    @Test
    void whoseNumberIsAnothersTakesANewOneAndItsIdsGoOnGrowing() {
        var process = new Process(clock);
        process.lease.tick();
        String before = process.ids.next();
        jdbc.sql("UPDATE node_lease SET holder = 'another' WHERE holder <> ''").update();

        assertThat(process.lease.tick()).isTrue();

        String after = process.ids.next();
        assertThat(node(after)).isNotEqualTo(node(before));
        assertThat(SnowflakeIds.compare(after, before)).isPositive();
        assertThat(process.meters.get("xiaoer.ids.lease.lost").counter().count())
                .isEqualTo(1);
    }

    @Test
    void whenNoNumberIsFreeAProcessThatLostItsOwnMakesNoIds() {
        var process = new Process(clock);
        process.lease.tick();
        jdbc.sql("UPDATE node_lease SET holder = 'another', until_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR")
                .update();

        assertThat(process.lease.tick()).isFalse();

        assertThatThrownBy(process.ids::next).isInstanceOf(NoNodeNumber.class);
        lapse();
        assertThat(process.lease.tick()).isTrue();
        assertThat(process.ids.next()).isNotEmpty();
    }

    @Test
    void aClockThatIsSetBackIsSeenAndIdsGoOnGrowing() {
        var process = new Process(clock);
        process.lease.tick();
        String before = process.ids.next();
        clock.pass(Duration.ofHours(-1));

        for (int i = 0; i < 10_000; i++) {
            String next = process.ids.next();
            assertThat(SnowflakeIds.compare(next, before)).isPositive();
            before = next;
        }
        assertThat(process.lease.tick()).isTrue();
        assertThat(process.meters.get("xiaoer.ids.ahead").gauge().value())
                .isGreaterThanOrEqualTo(Duration.ofHours(1).toMillis());
    }

    @Test
    void idsAreMadeWhileTheDatabaseIsAway() {
        var process = new Process(clock);
        process.lease.tick();
        RealServers.stop(ServerKind.MARIADB);
        try {
            clock.pass(SETTINGS.lease().minusSeconds(1));
            assertThat(process.lease.tick()).isTrue();
            assertThat(process.ids.next()).isNotEmpty();
            clock.pass(Duration.ofSeconds(2));
            assertThatThrownBy(process.ids::next).isInstanceOf(NoNodeNumber.class);
        } finally {
            RealServers.start(ServerKind.MARIADB);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            process.lease.tick();
            return process.meters.get("xiaoer.ids.lease.left").gauge().value() > 0;
        });
        assertThat(process.ids.next()).isNotEmpty();
    }

    @Test
    void aNumberThatIsGivenBackIsFreeAtOnce() {
        var first = new Process(clock);
        first.lease.start();
        int number = node(first.ids.next());
        onlyThisNumber(number - 256);
        first.lease.stop();
        assertThatThrownBy(first.ids::next).isInstanceOf(NoNodeNumber.class);

        var second = new Process(clock);
        assertThat(second.lease.tick()).isTrue();
        assertThat(node(second.ids.next())).isEqualTo(number);
        assertThat(second.meters.get("xiaoer.ids.ahead").gauge().value()).isLessThan(100);
    }

    /// Leaves this number the only one that there is.
    private void onlyThisNumber(int number) {
        jdbc.sql("DELETE FROM node_lease WHERE node <> ?").param(number).update();
    }

    /// Lets every lease end, by the database's clock.
    private void lapse() {
        jdbc.sql("UPDATE node_lease SET until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND")
                .update();
    }

    private static int node(String id) {
        return (int) (Long.parseLong(id) >>> 12 & 1023);
    }

    /// A process with ids.
    private final class Process {
        private final MeterRegistry meters = new SimpleMeterRegistry();
        private final SnowflakeIds ids;
        private final NodeLease lease;

        Process(Clock clock) {
            ids = new SnowflakeIds(clock);
            lease = new NodeLease(
                    new NodeLeaseTable(jdbc), ids, SETTINGS, UUID.randomUUID().toString(), meters, clock);
        }
    }
}
