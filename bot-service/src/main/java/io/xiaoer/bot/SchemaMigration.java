package io.xiaoer.bot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Brings the schema up to date beside the start: the bot answers what it can while the database is not there yet,
/// and every few seconds tries again.
@Component
final class SchemaMigration implements FlywayMigrationStrategy, SmartLifecycle {

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Logger LOGGER = LoggerFactory.getLogger(SchemaMigration.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Flyway flyway;
    private volatile @Nullable Thread thread;

    @Override
    public void migrate(Flyway flyway) {
        this.flyway = flyway;
    }

    @Override
    public void start() {
        Flyway schema = flyway;
        if (schema != null) {
            thread = Thread.ofVirtual().name("schema-migration").start(() -> migrateUntilDone(schema));
        }
    }

    private void migrateUntilDone(Flyway schema) {
        try {
            while (!migrated(schema)) {
                if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread = null;
        }
    }

    private static boolean migrated(Flyway schema) {
        try {
            var result = schema.migrate();
            LOGGER.atInfo().addKeyValue("migrations", result.migrationsExecuted).log("The schema is up to date");
            return true;
        } catch (FlywayException e) {
            LOGGER.atWarn()
                    .addKeyValue("waits_for", "mariadb")
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("The schema waits for the database");
            return false;
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
