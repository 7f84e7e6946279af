package io.xiaoer.ordersync.coupon;

import io.xiaoer.ordersync.order.Money;
import java.time.Instant;

/// A coupon that a shopper has.
public record IssuedCoupon(String id, String templateId, String title, Money value, Instant validTo) {}
