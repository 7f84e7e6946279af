package io.xiaoer.local.supervise;

/// How a process does: not yet ready since its start, ready, or not there (or no longer ready).
public enum Health {
    STARTING("starting"),
    UP("up"),
    DOWN("down");

    private final String label;

    Health(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static Health of(String label) {
        for (var health : values()) {
            if (health.label.equals(label)) {
                return health;
            }
        }
        return DOWN;
    }
}
