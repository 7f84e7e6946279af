package io.xiaoer.ordersync.card;

import io.xiaoer.common.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/// A source gave nothing in time, or failed.
class SourceAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final CardSource source;
    private final ProblemCode code;

    SourceAway(CardSource source, ProblemCode code, @Nullable Throwable cause) {
        super("source " + source.label() + ": " + code.code(), cause);
        this.source = source;
        this.code = code;
    }

    CardSource source() {
        return source;
    }

    ProblemCode code() {
        return code;
    }
}
