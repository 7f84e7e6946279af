package io.xiaoer.session.start;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/// Migrates the schema once the database is there. Everything that reads tables starts after it.
///
/// Flyway's own retries cannot be ended: a process told to stop while it waits would stay until it is killed.
@Component
class SchemaMigration implements FlywayMigrationStrategy {
    private static final Logger LOGGER = LoggerFactory.getLogger(SchemaMigration.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String CONNECTION_STATES = "08";

    @Override
    public void migrate(Flyway flyway) {
        var stopping = new CountDownLatch(1);
        var hook = new Thread(stopping::countDown, "stop-waiting");
        Runtime.getRuntime().addShutdownHook(hook);
        while (!migrated(flyway)) {
            if (ended(stopping)) {
                throw new IllegalStateException("Stopped while waiting for the database");
            }
        }
        if (stopping.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private static boolean migrated(Flyway flyway) {
        try {
            flyway.migrate();
            return true;
        } catch (FlywayException e) {
            if (!isAway(e)) {
                throw e;
            }
            LOGGER.atWarn()
                    .addKeyValue("need", "mariadb")
                    .addKeyValue("reason", e.getMessage())
                    .log("Waiting for what the service needs");
            return false;
        }
    }

    private static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith(CONNECTION_STATES)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ended(CountDownLatch stopping) {
        try {
            return stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
