package io.xiaoer.identity.limit;

import io.xiaoer.common.access.AddressBlock;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts failed authentications per client and block of addresses in fixed windows of a minute. The oldest of 10,000
/// counters makes room for a new one.
public final class FailureLimit {
    static final int FAILURES = 20;
    private static final int MOST_COUNTERS = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    public FailureLimit(Clock clock) {
        this.clock = clock;
    }

    /// The name under which the failures of a client are counted.
    ///
    /// @param address whence it asks; of IPv6 its first 64 bits count, since one host has them all
    public static String key(String address, String client) {
        return AddressBlock.of(address) + " " + client;
    }

    /// Seconds until the next try is looked at, 0 if now.
    public synchronized long waitSeconds(String who) {
        var window = windows.get(who);
        if (window == null || window.failures < FAILURES) {
            return 0;
        }
        var left = window.endsAtMillis - clock.millis();
        if (left <= 0) {
            windows.remove(who);
            return 0;
        }
        return (left + 999) / 1000;
    }

    public synchronized void failed(String who) {
        var now = clock.millis();
        var window = windows.get(who);
        if (window == null || window.endsAtMillis <= now) {
            windows.remove(who);
            window = new Window(now + WINDOW.toMillis());
            windows.put(who, window);
            if (windows.size() > MOST_COUNTERS) {
                windows.remove(windows.keySet().iterator().next());
            }
        }
        window.failures++;
    }

    private static final class Window {
        private final long endsAtMillis;
        private int failures;

        private Window(long endsAtMillis) {
            this.endsAtMillis = endsAtMillis;
        }
    }
}
