package io.xiaoer.common.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ends a call with a problem. The detail is shown to the caller: no secrets, no personal data, no foreign text.
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<FieldError> errors = new ArrayList<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public ProblemException(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
    }

    /// @param cause for the log alone, never shown
    public ProblemException(ProblemCode code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /// A refused value: 400 `invalid_request` with one field.
    public static ProblemException invalid(String field, String reason) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, field + " " + reason).field(field, reason);
    }

    /// Adds a field to `errors`.
    ///
    /// @return this exception
    public ProblemException field(String field, String reason) {
        errors.add(new FieldError(field, reason));
        return this;
    }

    /// Adds a header to the answer.
    ///
    /// @return this exception
    public ProblemException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// What kind of failure it is.
    public ProblemCode code() {
        return code;
    }

    /// The sentence for the caller.
    public String detail() {
        return String.valueOf(getMessage());
    }

    /// The refused values.
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /// Headers of the answer.
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }
}
