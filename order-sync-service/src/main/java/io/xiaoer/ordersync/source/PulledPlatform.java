package io.xiaoer.ordersync.source;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A platform that can also be asked. Each method calls it once and blocks until the whole answer is there or its time
/// is over, and throws [PlatformAway] if there is none that can be read.
public interface PulledPlatform extends Platform {

    /// The first page of the orders that changed at or after a moment, the longest unchanged first.
    Page changedSince(Access access, Instant since);

    /// A page that the one before it led to.
    Page page(Access access, URI page);

    /// One order as it is now; empty if the platform has none of this id.
    Optional<PlatformEvent> order(Access access, String id);

    /// Where the platform is and the token that it wants. Prints redacted.
    record Access(URI address, String token) {
        @Override
        public String toString() {
            return "Access[" + address.getHost() + "]";
        }
    }

    /// A page of orders.
    ///
    /// @param told   in the platform's order
    /// @param newest when the last of them changed, as far as it can be read
    /// @param next   the page after it, on the same host; null for the last one
    /// @param rest   how long to wait before the next call, so that the platform's limit is not met
    record Page(
            List<PlatformEvent> told,
            @Nullable Instant newest,
            @Nullable URI next,
            Duration rest) {
        public Page {
            told = List.copyOf(told);
        }
    }
}
