package io.xiaoer.common.problem;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries the reasons of a refused WebSocket handshake through the gateway. Its WebSocket client reads the status and
/// the headers of a refusal, never the body, so the service repeats in headers what the problem says; the gateway
/// makes the problem anew and passes neither header on.
public final class HandshakeRefusal {

    /// What the problem's detail says; [ServletProblems] sets it where no controller is asked.
    static final String DETAIL = "X-Refusal-Detail";

    private static final String FIELD = "X-Refusal-Field";

    private HandshakeRefusal() {}

    /// The refusal, with its detail and its first refused value in headers as well.
    public static ProblemException told(ProblemException refusal) {
        refusal.header(DETAIL, refusal.detail());
        refusal.errors().stream()
                .findFirst()
                .ifPresent(error -> refusal.header(FIELD, error.field() + ' ' + error.reason()));
        return refusal;
    }

    /// The problem that a service's headers tell of.
    ///
    /// @param header the value of a header of the service's answer, null if it is absent
    /// @param cause for the log alone
    public static ProblemException read(
            ProblemCode code, Function<String, @Nullable String> header, @Nullable Throwable cause) {
        String detail = header.apply(DETAIL);
        var problem = new ProblemException(code, detail == null ? "The service refused the handshake" : detail, cause);
        String field = header.apply(FIELD);
        int space = field == null ? -1 : field.indexOf(' ');
        return field == null || space < 0
                ? problem
                : problem.field(field.substring(0, space), field.substring(space + 1));
    }
}
