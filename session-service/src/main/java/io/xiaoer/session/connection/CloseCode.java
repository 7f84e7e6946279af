package io.xiaoer.session.connection;

/// Why the server ends a connection. 4000–4499: connect again; 4500–4999: do not.
public enum CloseCode {
    GOING_AWAY(4000, "going away"),
    TOO_SLOW(4001, "too slow a reader"),
    RESYNC(4002, "resync"),
    TOKEN_EXPIRED(4003, "token expired"),
    NOT_ALLOWED(4500, "not allowed"),
    PROTOCOL_VIOLATION(4501, "protocol violation");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
