package io.xiaoer.session.delivery;

/// Reads payloads for tests of other packages.
public final class PushReading {

    private PushReading() {}

    /// Whether the payload is of a form that this version knows.
    public static boolean read(String payload) {
        return !(Push.parse(payload) instanceof Push.Unknown);
    }
}
