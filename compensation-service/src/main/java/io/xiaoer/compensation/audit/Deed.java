package io.xiaoer.compensation.audit;

import java.util.Locale;

/// What can be done to a task.
public enum Deed {
    CREATED,
    FAILED_AGAIN,
    RETRIED,
    REPLAYED,
    GAVE_UP,
    TIMED_OUT,
    SUCCEEDED,
    DISCARDED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
