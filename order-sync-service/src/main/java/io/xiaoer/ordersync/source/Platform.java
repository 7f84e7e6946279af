package io.xiaoer.ordersync.source;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A platform that calls when something happens to an order.
public interface Platform {

    /// Which one it is.
    PlatformKind kind();

    /// Whether the delivery was signed with one of the secrets, and not too long ago where the signature covers a time.
    /// Compares in constant time.
    boolean isGenuine(Delivery delivery, Proof proof, Instant now);

    /// The platform's id of the delivery, the same when it comes again; null if it gives none.
    @Nullable
    String id(Delivery delivery);

    /// What a delivery is measured against. Prints redacted.
    ///
    /// @param secrets that count now
    /// @param address of a platform that is asked as well
    record Proof(List<String> secrets, @Nullable URI address) {
        public Proof {
            secrets = List.copyOf(secrets);
        }

        @Override
        public String toString() {
            return "Proof[redacted]";
        }
    }

    /// Translates a genuine delivery. A platform that is asked for orders as well gives what it cannot translate as
    /// [PlatformEvent.Untranslatable]; one that is not throws what its sender is to be answered.
    PlatformEvent read(Delivery delivery);
}
