package io.xiaoer.compensation.webhook.delivery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a delivery stands. The allowed changes are this one table.
///
/// | from | to |
/// |---|---|
/// | pending | pending (one more failure), delivered, exhausted, discarded |
/// | delivered, discarded | pending |
/// | exhausted | pending, discarded |
public enum DeliveryStatus {
    /// It is still to be sent, or to be sent again.
    PENDING,
    /// The endpoint took it.
    DELIVERED,
    /// It failed for the whole window; a task waits for a person.
    EXHAUSTED,
    /// Nobody wants it: its endpoint is gone, its shopper erased, its task given up.
    DISCARDED;

    boolean mayBecome(DeliveryStatus other) {
        return switch (this) {
            case PENDING -> true;
            case DELIVERED, DISCARDED -> other == PENDING;
            case EXHAUSTED -> Set.of(PENDING, DISCARDED).contains(other);
        };
    }

    /// The name on the wire.
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DeliveryStatus> of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst();
    }
}
