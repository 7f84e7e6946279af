package io.xiaoer.ordersync.aftersale;

/// What the shopper asked for.
public enum AfterSaleType {
    /// Money back, by whatever way the platform chose.
    REFUND,
    /// Money back, the goods stay.
    REFUND_ONLY,
    /// The goods go back, then the money.
    RETURN_REFUND,
    /// Other goods for these.
    EXCHANGE;

    /// Whether the shopper must have goods to give back.
    boolean returnsGoods() {
        return switch (this) {
            case REFUND, REFUND_ONLY -> false;
            case RETURN_REFUND, EXCHANGE -> true;
        };
    }
}
