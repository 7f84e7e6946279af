package io.xiaoer.common.message;

import java.util.Locale;

/// Who speaks. What the bot says, its "I don't know" included, is from `BOT`; notices are from `SYSTEM`.
public enum Role {
    USER,
    BOT,
    AGENT,
    SYSTEM;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// The name on the wire.
    public String label() {
        return label;
    }

    /// @throws IllegalArgumentException if no role has this label
    public static Role of(String label) {
        for (Role role : values()) {
            if (role.label.equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException("unknown role");
    }
}
