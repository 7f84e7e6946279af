package io.xiaoer.common.problem;

import java.util.Locale;

/// The stable codes of failures. A client may switch on [#code()]; the title is for people and may change.
public enum ProblemCode {
    /// A value is missing or breaks its rule; `errors` names the fields.
    INVALID_REQUEST(400, "The request is not valid", false),
    /// The body or the address cannot be read at all.
    MALFORMED(400, "The request cannot be read", false),
    /// A text has more characters than allowed; `errors` names the field.
    TOO_LONG(400, "The text is too long", false),
    /// A command came without `Idempotency-Key`.
    IDEMPOTENCY_KEY_MISSING(400, "Idempotency-Key is missing", false),
    /// No token, or one that is not valid.
    UNAUTHORIZED(401, "A valid token is needed", false),
    /// The token is valid and does not allow this.
    FORBIDDEN(403, "Not allowed", false),
    /// There is no such thing, or it is another shop's.
    NOT_FOUND(404, "Not found", false),
    /// The address does not take this method; `Allow` names those it takes.
    METHOD_NOT_ALLOWED(405, "Method not allowed", false),
    /// None of the media types of `Accept` can be given.
    NOT_ACCEPTABLE(406, "No acceptable media type", false),
    /// The state of the thing does not allow this, or an id stands for other content.
    CONFLICT(409, "Conflict", false),
    /// The session is closed: open one and send again with the same id.
    CLOSED(409, "The session is closed", false),
    /// Another agent holds the session.
    HELD(409, "Another agent holds the session", false),
    /// The agent who is meant is not there, or nobody is.
    AGENT_AWAY(409, "The agent is not there", true),
    /// The agent who is meant holds as many sessions as one may.
    AGENT_BUSY(409, "The agent has no room", true),
    /// The address speaks WebSocket alone.
    UPGRADE_REQUIRED(426, "A WebSocket handshake is needed", false),
    /// The same `Idempotency-Key` is being worked on.
    STILL_RUNNING(409, "The same request is still running", true),
    /// It was there and is no more.
    GONE(410, "Gone", false),
    /// The body is larger than allowed.
    TOO_LARGE(413, "Too large", false),
    /// The address is longer than allowed.
    URI_TOO_LONG(414, "The address is too long", false),
    /// The body's media type or charset is not one that the address takes.
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", false),
    /// The `Idempotency-Key` was used with another payload.
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency-Key was used for another request", false),
    /// Too many requests in the window; `Retry-After` says when to come back.
    RATE_LIMITED(429, "提问过快，请稍后再试 / Too many requests", true),
    /// The request's headers are larger than allowed.
    HEADERS_TOO_LARGE(431, "The headers are too large", false),
    /// A fault of ours; `request_id` finds it in the logs.
    INTERNAL(500, "Something went wrong on our side", true),
    /// A part that is needed is away at the moment.
    UNAVAILABLE(503, "Not available at the moment", true),
    /// The answer did not come in time; the same request may be sent again with the same id.
    TIMEOUT(504, "No answer in time", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemCode(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    /// The code as it stands in a body: the name in lower case.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// A short sentence for people.
    public String title() {
        return title;
    }

    /// Whether the very same request may succeed later.
    public boolean retryable() {
        return retryable;
    }

    /// The `type` of the problem.
    public String type() {
        return "urn:xiaoer:problem:" + code();
    }

    /// The code that stands for a bare HTTP status.
    public static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 400 -> INVALID_REQUEST;
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 410 -> GONE;
            case 413 -> TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID_REQUEST;
            case 426 -> UPGRADE_REQUIRED;
            case 429 -> RATE_LIMITED;
            case 431 -> HEADERS_TOO_LARGE;
            case 502, 503 -> UNAVAILABLE;
            case 504 -> TIMEOUT;
            default -> status >= 500 || status < 400 ? INTERNAL : INVALID_REQUEST;
        };
    }
}
