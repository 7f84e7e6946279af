/// Parcels of orders and where they have been. A parcel is replaced as a whole, its events with it, by a
/// newer version of itself and never by an older one.
@NullMarked
package io.xiaoer.ordersync.shipment;

import org.jspecify.annotations.NullMarked;
