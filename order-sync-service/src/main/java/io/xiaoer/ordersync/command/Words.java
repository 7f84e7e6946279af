package io.xiaoer.ordersync.command;

import org.jspecify.annotations.Nullable;

/// What somebody wrote into a command in words of their own. They may be a shopper's, so they are encrypted wherever
/// they stand. Prints redacted.
public record Words(@Nullable String reason, @Nullable String note) {
    public static final Words NONE = new Words(null, null);

    @Override
    public String toString() {
        return "Words[redacted]";
    }
}
