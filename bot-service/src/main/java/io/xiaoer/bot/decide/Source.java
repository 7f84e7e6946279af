package io.xiaoer.bot.decide;

import java.util.Locale;

/// Who an answer is from, as shoppers' devices and metrics read it.
public enum Source {
    DIALOG,
    FAQ,
    ORDER,
    MODEL,
    HANDOFF,
    /// What one says out of courtesy: a greeting, thanks.
    COURTESY,
    /// Nobody knew: the answer says so.
    NONE;

    /// The name on the wire.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
