package io.xiaoer.ordersync.aftersale;

/// Where an after-sale stands, in the words that every platform's own states are mapped to.
public enum AfterSaleStatus {
    REQUESTED,
    AWAIT_RETURN,
    AWAIT_CONFIRM,
    REFUSED,
    SUCCEEDED,
    CLOSED
}
