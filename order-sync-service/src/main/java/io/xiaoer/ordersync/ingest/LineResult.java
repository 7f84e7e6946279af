package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.problem.FieldError;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.ordersync.order.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one line of a batch.
///
/// @param line    from 1
/// @param orderId absent if the line does not say
/// @param code    of the failure, as a problem would have it
/// @param reason  in words
/// @param errors  refused fields
record LineResult(
        int line,
        @Nullable String orderId,
        Status status,
        @Nullable String code,
        @Nullable String reason,
        @Nullable List<FieldError> errors) {

    /// How a line ended.
    enum Status {
        APPLIED,
        STALE,
        FAILED
    }

    static LineResult of(int line, String orderId, Change change) {
        return new LineResult(line, orderId, change.isApplied() ? Status.APPLIED : Status.STALE, null, null, null);
    }

    static LineResult failed(int line, @Nullable String orderId, ProblemException problem) {
        return new LineResult(
                line,
                orderId,
                Status.FAILED,
                problem.code().code(),
                problem.detail(),
                problem.errors().isEmpty() ? null : problem.errors());
    }

    static LineResult failed(int line, ProblemCode code, String reason) {
        return new LineResult(line, null, Status.FAILED, code.code(), reason, null);
    }
}
