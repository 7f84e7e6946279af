package io.xiaoer.ordersync.coupon;

/// An amount in the smallest unit of its currency.
///
/// @param currency three capital letters (ISO 4217)
public record Money(long amountMinor, String currency) {}
