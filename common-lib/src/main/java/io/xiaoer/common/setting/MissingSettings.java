package io.xiaoer.common.setting;

import java.util.SortedSet;

/// The start of a service of whose variables some are not set.
final class MissingSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param variables their names
    MissingSettings(SortedSet<String> variables) {
        super("Not set: " + String.join(", ", variables));
    }
}
