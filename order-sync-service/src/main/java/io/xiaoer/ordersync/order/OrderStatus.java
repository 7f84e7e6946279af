package io.xiaoer.ordersync.order;

/// Where an order stands, in the words that every platform's own states are mapped to.
public enum OrderStatus {
    CREATED,
    PAID,
    PART_SHIPPED,
    SHIPPED,
    DELIVERED,
    COMPLETED,
    CLOSED
}
