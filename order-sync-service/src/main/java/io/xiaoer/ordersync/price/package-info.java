/// Prices: what a shopper is to pay for an order that is not shipped yet, changed by command.
///
/// No price falls below the shop's floor, a share of what the merchant told as the order's total, however many commands
/// follow one another. A changed price holds until the merchant tells a newer version of the order.
@NullMarked
package io.xiaoer.ordersync.price;

import org.jspecify.annotations.NullMarked;
