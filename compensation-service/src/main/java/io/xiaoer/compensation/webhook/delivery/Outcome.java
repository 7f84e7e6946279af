package io.xiaoer.compensation.webhook.delivery;

import java.util.Locale;

/// How an attempt ended: in the log, in metrics and in the delivery.
public enum Outcome {
    DELIVERED,
    /// Another status than 2xx.
    HTTP_ERROR,
    /// 3xx: redirects are not followed.
    REDIRECT,
    /// 410: the endpoint wants nothing any more.
    GONE,
    /// 429 or 503.
    THROTTLED,
    TIMEOUT,
    /// No connection.
    CONNECT,
    /// No trusted TLS.
    TLS,
    /// The host's name has no address, or nobody says which.
    NAME,
    /// The host's address may not be connected to.
    ADDRESS_REFUSED,
    /// The connection ended before there was an answer, or the answer is none.
    BROKEN;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
