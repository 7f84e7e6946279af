package io.xiaoer.ordersync.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// For what a shopper may be given a coupon.
public enum CompensationCause {
    /// Theirs has expired.
    EXPIRED,
    /// The order is late.
    LATE,
    /// They could not use theirs.
    UNUSED;

    /// The name in answers and commands.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CompensationCause> of(String code) {
        return Arrays.stream(values())
                .filter(cause -> cause.code().equals(code))
                .findFirst();
    }
}
