package io.xiaoer.common.schema;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says what to do where a schema was made by a build that had other migrations, or a migration failed half-way:
/// instead of where in the code that was noticed.
public final class StrangeSchema extends AbstractFailureAnalyzer<FlywayValidateException> {
    private static final String WHAT = "The database was made by another build, whose migrations are not this one's.";
    private static final String ACTION =
            "Start with an empty data directory (./xiaoer up --data DIR) or database, and restore a backup into it if"
                    + " there is one; or go on with the build that made this one.";

    private static final String FAILED = "Detected failed ";
    private static final String WHAT_FAILED = "A migration of the database failed and may be half done.";
    private static final String ACTION_FAILED =
            "Take back by hand what it has half done, remove its row from flyway_schema_history, and start again; the"
                    + " data stays.";

    /// What a failed migration is told with: what to do, where that is known.
    public static @Nullable String reason(FlywayException failure) {
        return failure instanceof FlywayValidateException strange
                ? what(strange) + " " + action(strange) + " " + failure.getMessage()
                : failure.getMessage();
    }

    @Override
    protected FailureAnalysis analyze(Throwable root, FlywayValidateException failure) {
        return new FailureAnalysis(what(failure) + " " + failure.getMessage(), action(failure), failure);
    }

    private static String what(FlywayValidateException failure) {
        return isHalfDone(failure) ? WHAT_FAILED : WHAT;
    }

    private static String action(FlywayValidateException failure) {
        return isHalfDone(failure) ? ACTION_FAILED : ACTION;
    }

    /// Flyway has one exception for both, and tells them apart in words alone.
    private static boolean isHalfDone(FlywayValidateException failure) {
        return String.valueOf(failure.getMessage()).contains(FAILED);
    }
}
