package io.xiaoer.session.conversation;

import io.xiaoer.common.message.InvalidContent;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.time.Duration;

/// The problems of this package as clients see them.
public final class Problems {

    private Problems() {}

    public static ProblemException unavailable(Throwable cause) {
        return new ProblemException(ProblemCode.UNAVAILABLE, "Not possible at the moment, try again", cause)
                .header("Retry-After", "1");
    }

    public static ProblemException noSuchSession() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such session");
    }

    static ProblemException bound() {
        return new ProblemException(
                ProblemCode.FORBIDDEN, "The guest has become a user: use the user's token, or ask for a new guest");
    }

    public static ProblemException closed() {
        return new ProblemException(
                ProblemCode.CLOSED, "The session is closed: open one and send again with the same id");
    }

    static ProblemException closedAndKept() {
        return new ProblemException(ProblemCode.CLOSED, "The session is closed; what was said is kept as a draft");
    }

    static ProblemException of(String prefix, InvalidContent invalid) {
        var code = switch (invalid.reason()) {
            case INVALID -> ProblemCode.INVALID_REQUEST;
            case TOO_LONG -> ProblemCode.TOO_LONG;
        };
        String field = prefix + invalid.field();
        String rule = String.valueOf(invalid.getMessage());
        return new ProblemException(code, field + ' ' + rule).field(field, rule);
    }

    static ProblemException limited(Duration retryAfter, int messages, Duration window) {
        long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
        return new ProblemException(ProblemCode.RATE_LIMITED, "Too many messages, try again in " + seconds + " s")
                .header("Retry-After", Long.toString(seconds))
                .header("RateLimit-Policy", "\"messages\";q=" + messages + ";w=" + window.toSeconds())
                .header("RateLimit", "\"messages\";r=0;t=" + seconds);
    }
}
