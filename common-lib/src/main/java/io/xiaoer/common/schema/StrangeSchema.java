package io.xiaoer.common.schema;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says what to do where a schema was made by a build that had other migrations, instead of where in the code that was
/// noticed.
public final class StrangeSchema extends AbstractFailureAnalyzer<FlywayValidateException> {
    private static final String WHAT = "The database was made by another build, whose migrations are not this one's.";
    private static final String ACTION =
            "Start with an empty data directory (./xiaoer up --data DIR) or database, and restore a backup into it if"
                    + " there is one; or go on with the build that made this one.";

    /// What a failed migration is told with: what to do, where that is known.
    public static @Nullable String reason(FlywayException failure) {
        return failure instanceof FlywayValidateException ? WHAT + " " + ACTION : failure.getMessage();
    }

    @Override
    protected FailureAnalysis analyze(Throwable root, FlywayValidateException failure) {
        return new FailureAnalysis(WHAT + " " + failure.getMessage(), ACTION, failure);
    }
}
