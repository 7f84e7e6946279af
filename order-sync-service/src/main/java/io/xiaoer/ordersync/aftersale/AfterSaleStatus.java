package io.xiaoer.ordersync.aftersale;

/// Where an after-sale stands, in the words that every platform's own states are mapped to.
public enum AfterSaleStatus {
    REQUESTED,
    AWAIT_RETURN,
    AWAIT_CONFIRM,
    REFUSED,
    SUCCEEDED,
    CLOSED;

    /// Whether it has not come to its end.
    boolean isOpen() {
        return switch (this) {
            case REQUESTED, AWAIT_RETURN, AWAIT_CONFIRM -> true;
            case REFUSED, SUCCEEDED, CLOSED -> false;
        };
    }
}
