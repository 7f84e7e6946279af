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
    EXCHANGE
}
