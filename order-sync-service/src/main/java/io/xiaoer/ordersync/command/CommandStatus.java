package io.xiaoer.ordersync.command;

import java.util.Locale;
import java.util.Set;

/// Where a command stands. The allowed changes are this one table.
///
/// | from | to |
/// |---|---|
/// | accepted | applied, failed, compensating |
/// | compensating | applied, failed |
/// | applied, failed | nothing |
public enum CommandStatus {
    /// On its way to be applied.
    ACCEPTED,
    /// Could not be processed; waits in compensation for a replay or a discard.
    COMPENSATING,
    /// Took effect, once.
    APPLIED,
    /// Ended without effect; the reason says why.
    FAILED;

    public boolean isFinal() {
        return next().isEmpty();
    }

    boolean mayBecome(CommandStatus other) {
        return next().contains(other);
    }

    /// The name on the wire.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Set<CommandStatus> next() {
        return switch (this) {
            case ACCEPTED -> Set.of(APPLIED, FAILED, COMPENSATING);
            case COMPENSATING -> Set.of(APPLIED, FAILED);
            case APPLIED, FAILED -> Set.of();
        };
    }
}
