/// How far the shoppers of a shop may help themselves: within how many days they return, exchange and ask for the
/// difference of a price, and which coupon makes up for what. One policy a shop, with defaults where it has set none;
/// a merchant's own commands are not bound by it.
@NullMarked
package io.xiaoer.ordersync.policy;

import org.jspecify.annotations.NullMarked;
