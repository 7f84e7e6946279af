package io.xiaoer.session.conversation;

import java.util.Locale;

/// Who owns a session, and so who answers in it.
public enum Owner {
    BOT,
    /// Waiting for a person.
    QUEUE,
    AGENT,
    /// Nobody any more.
    CLOSED;

    /// The name on the wire.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
