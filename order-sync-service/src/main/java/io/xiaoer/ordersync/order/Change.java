package io.xiaoer.ordersync.order;

/// What became of a version that was put.
public enum Change {
    /// There was nothing; now there is this.
    CREATED,
    /// It replaced an older version, or the same one.
    REPLACED,
    /// A newer version stands; nothing was changed.
    STALE;

    /// Whether the version that was put stands now.
    public boolean isApplied() {
        return this != STALE;
    }
}
