package io.xiaoer.ordersync.shipment;

/// Where a parcel is, in the words that every carrier's own states are mapped to.
public enum ParcelStatus {
    ACCEPTED,
    IN_TRANSIT,
    OUT_FOR_DELIVERY,
    DELIVERED,
    EXCEPTION,
    RETURNED
}
