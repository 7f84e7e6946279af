/// Coupons: what a shop may give away, and giving one to a shopper by command.
///
/// A template's stock is what is left of it; it never falls below zero, and no shopper gets more than the template
/// allows, however many commands are applied at once. A coupon keeps what the template promised when it was given.
@NullMarked
package io.xiaoer.ordersync.coupon;

import org.jspecify.annotations.NullMarked;
