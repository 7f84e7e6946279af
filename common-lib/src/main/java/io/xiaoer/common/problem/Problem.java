package io.xiaoer.common.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of a failure (RFC 9457), to be written by [ProblemRenderer].
///
/// @param code what happened; gives `type`, `title`, `status` and `code`
/// @param detail this occurrence in words
/// @param instance the path that was called
/// @param requestId the id that finds the call in the logs
/// @param errors refused values; absent from the body when empty
public record Problem(
        ProblemCode code,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable String requestId,
        List<FieldError> errors) {

    public Problem {
        errors = List.copyOf(errors);
    }

    /// A problem without refused values.
    public static Problem of(
            ProblemCode code, @Nullable String detail, @Nullable String instance, @Nullable String requestId) {
        return new Problem(code, detail, instance, requestId, List.of());
    }
}
