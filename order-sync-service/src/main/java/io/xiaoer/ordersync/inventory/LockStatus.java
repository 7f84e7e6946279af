package io.xiaoer.ordersync.inventory;

/// Where a lock stands. It leaves `HELD` once, and nothing leads back.
enum LockStatus {
    HELD,
    RELEASED,
    EXPIRED
}
