package io.xiaoer.bot;

import io.xiaoer.common.schema.StrangeSchema;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Brings the schema up to date beside the start: the bot answers what it can while the database is not there yet,
/// and every few seconds tries again. A database that answers and refuses will refuse the next time too: the process
/// says so once and ends, for its supervisor to see.
@Component
final class SchemaMigration implements FlywayMigrationStrategy, SmartLifecycle {

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final String CONNECTION_STATES = "08";
    private static final Logger LOGGER = LoggerFactory.getLogger(SchemaMigration.class);

    private final Runnable end;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Flyway flyway;
    private volatile @Nullable Thread thread;
    private volatile boolean tried;
    private volatile long begun;

    @Autowired
    SchemaMigration(ApplicationContext context) {
        this(() -> System.exit(SpringApplication.exit(context, () -> 1)));
    }

    /// @param end ends the process
    SchemaMigration(Runnable end) {
        this.end = end;
    }

    @Override
    public void migrate(Flyway flyway) {
        this.flyway = flyway;
    }

    @Override
    public void start() {
        Flyway schema = flyway;
        if (schema == null) {
            tried = true;
        } else {
            begun = System.nanoTime();
            stopped = new CountDownLatch(1);
            thread = Thread.ofVirtual().name("schema-migration").start(() -> migrateUntilDone(schema));
        }
    }

    private void migrateUntilDone(Flyway schema) {
        try {
            while (!migrated(schema)) {
                tried = true;
                if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            tried = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (FlywayException e) {
            LOGGER.atError()
                    .addKeyValue("need", "mariadb")
                    .addKeyValue("reason", StrangeSchema.reason(e))
                    .log("The schema cannot be brought up to date, and the process ends");
            end.run();
        }
    }

    /// Whether the schema may be used: the first try has ended, so that it is up to date, or the database away, which
    /// all who use it bear; or it takes so long that there are large tables already, which may be read meanwhile.
    boolean mayBeUsed() {
        return tried || begun != 0 && System.nanoTime() - begun > REST.toNanos();
    }

    /// @throws FlywayException if another try would fail as well
    private static boolean migrated(Flyway schema) {
        try {
            var result = schema.migrate();
            LOGGER.atInfo().addKeyValue("migrations", result.migrationsExecuted).log("The schema is up to date");
            return true;
        } catch (FlywayException e) {
            if (!isAway(e)) {
                throw e;
            }
            LOGGER.atWarn()
                    .addKeyValue("waits_for", "mariadb")
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("The schema waits for the database");
            return false;
        }
    }

    private static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLException sql
                            && sql.getSQLState() != null
                            && sql.getSQLState().startsWith(CONNECTION_STATES)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        Thread migrating = thread;
        return migrating != null && migrating.isAlive();
    }
}
