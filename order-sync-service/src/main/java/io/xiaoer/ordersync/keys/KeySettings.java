package io.xiaoer.ordersync.keys;

import java.time.Duration;

/// When keys change.
///
/// @param every  the age at which the newest key gets a successor
/// @param settle how long a new key is only read with, until all instances know it; above two looks of theirs
public record KeySettings(Duration every, Duration settle) {

    /// How often an instance looks for what another one changed.
    static final Duration LOOK = Duration.ofMinutes(1);

    /// @throws IllegalArgumentException that names the setting and its rule
    public KeySettings {
        require(settle.compareTo(LOOK.multipliedBy(2)) >= 0, "settle must be 2 minutes or more, is " + settle);
        require(every.compareTo(settle) > 0, "every must be above settle, is " + every);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.crypto.rotation." + rule);
        }
    }
}
