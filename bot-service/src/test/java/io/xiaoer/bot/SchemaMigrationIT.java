package io.xiaoer.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that is not there is waited for; a migration that is wrong ends the process.
@WithServers(ServerKind.MARIADB)
class SchemaMigrationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger ends = new AtomicInteger();
    private final SchemaMigration migration = new SchemaMigration(ends::incrementAndGet);

    @TempDir
    private Path migrations;

    @AfterEach
    void stop() {
        migration.stop();
    }

    @Test
    void aMigrationThatIsWrongEndsTheProcessOnce() throws Exception {
        Files.writeString(migrations.resolve("V001__wrong.sql"), "CREATE TABEL nothing (id INT);");

        migration.migrate(flyway(RealServers.dbUrl("xiaoer_test")));
        migration.start();

        await().atMost(PATIENCE).until(() -> !migration.isRunning());
        assertThat(ends).hasValue(1);
    }

    @Test
    void aDatabaseThatIsNotThereIsWaitedForUntilTheServiceStops() throws Exception {
        var tries = new AtomicInteger();
        try (var nobody = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hangingUp = Thread.ofVirtual().start(() -> hangUp(nobody, tries));
            migration.migrate(flyway("jdbc:mariadb://127.0.0.1:" + nobody.getLocalPort() + "/none"));
            assertThat(migration.mayBeUsed()).isFalse();
            migration.start();

            await().atMost(PATIENCE).until(migration::mayBeUsed);
            await().atMost(PATIENCE).until(() -> tries.get() >= 2);
            assertThat(migration.isRunning()).isTrue();
            migration.stop();
            await().atMost(PATIENCE).until(() -> !migration.isRunning());
            assertThat(ends).hasValue(0);
            nobody.close();
            assertThat(hangingUp.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void aMigrationThatWasStoppedWaitsAgainWhenItIsStarted() throws Exception {
        var tries = new AtomicInteger();
        try (var nobody = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hangingUp = Thread.ofVirtual().start(() -> hangUp(nobody, tries));
            migration.migrate(flyway("jdbc:mariadb://127.0.0.1:" + nobody.getLocalPort() + "/none"));
            migration.start();
            await().atMost(PATIENCE).until(() -> tries.get() >= 1);
            migration.stop();
            await().atMost(PATIENCE).until(() -> !migration.isRunning());
            int before = tries.get();

            migration.start();

            await().atMost(PATIENCE).until(() -> tries.get() >= before + 2);
            nobody.close();
            assertThat(hangingUp.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void tasksRestUntilTheSchemaWasLookedAfter() {
        var looked = new AtomicBoolean();
        var early = new AtomicInteger();
        var turns = new AtomicInteger();
        Runnable task = () -> (looked.get() ? turns : early).incrementAndGet();
        var asked = new AtomicInteger();
        var scheduler = new ScheduleConfiguration.Resting(() -> {
            asked.incrementAndGet();
            return looked.get();
        });
        scheduler.initialize();
        try {
            scheduler.scheduleWithFixedDelay(task, Duration.ofMillis(10));
            scheduler.scheduleWithFixedDelay(task, Instant.now(), Duration.ofMillis(10));
            await().atMost(PATIENCE).until(() -> asked.get() >= 6);
            looked.set(true);
            await().atMost(PATIENCE).until(() -> turns.get() >= 2);
        } finally {
            scheduler.shutdown();
        }
        assertThat(early).hasValue(0);
    }

    @Test
    void aTaskThatWaitsKeepsNoOtherFromItsTurn() throws Exception {
        var waits = new CountDownLatch(1);
        var turns = new AtomicInteger();
        var scheduler = new ScheduleConfiguration.Resting(() -> true);
        scheduler.initialize();
        try {
            scheduler.scheduleWithFixedDelay(
                    () -> {
                        waits.countDown();
                        LockSupport.parkNanos(PATIENCE.multipliedBy(2).toNanos());
                    },
                    Duration.ofMillis(10));
            assertThat(waits.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            scheduler.scheduleWithFixedDelay(turns::incrementAndGet, Duration.ofMillis(10));

            await().atMost(PATIENCE).until(() -> turns.get() >= 2);
        } finally {
            scheduler.shutdown();
        }
    }

    private Flyway flyway(String url) {
        return Flyway.configure()
                .dataSource(url, RealServers.dbUser(), RealServers.dbPassword())
                .locations("filesystem:" + migrations)
                .table("history_" + UUID.randomUUID().toString().substring(0, 8))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .connectRetries(0)
                .load();
    }

    /// As a server that is starting or has died: whoever calls is cut off.
    private static void hangUp(ServerSocket nobody, AtomicInteger tries) {
        try {
            while (true) {
                nobody.accept().close();
                tries.incrementAndGet();
            }
        } catch (java.io.IOException closed) {
            return;
        }
    }
}
