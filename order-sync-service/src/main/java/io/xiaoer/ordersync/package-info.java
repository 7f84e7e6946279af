/// The service that owns orders, parcels, after-sales, coupons, prices and inventory: takes them in from merchants,
/// answers about them, and applies commands to them. Each package below this one is a capability; this one only
/// starts them.
@NullMarked
package io.xiaoer.ordersync;

import org.jspecify.annotations.NullMarked;
