package io.xiaoer.ordersync.source;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A platform gave no answer that can be used. The message holds nothing of what it said.
public final class PlatformAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        /// Not reached, or not in time, or it failed.
        UNAVAILABLE,
        /// It refuses the token.
        UNAUTHORIZED,
        /// Asked too often.
        LIMITED,
        /// The answer has another form or is too large.
        UNREADABLE,
        /// It lies where nothing may be called.
        REFUSED_ADDRESS;

        /// The name in answers, logs and tags.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final transient @Nullable Duration retryAfter;

    public PlatformAway(Reason reason, @Nullable Throwable cause) {
        super("the platform is away: " + reason.label(), cause);
        this.reason = reason;
        this.retryAfter = null;
    }

    /// Asked too often.
    ///
    /// @param retryAfter when it may be asked again, if it says so
    public PlatformAway(@Nullable Duration retryAfter) {
        super("the platform is away: limited");
        this.reason = Reason.LIMITED;
        this.retryAfter = retryAfter;
    }

    /// Why.
    public Reason reason() {
        return reason;
    }

    /// When it may be asked again, if it says so.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
