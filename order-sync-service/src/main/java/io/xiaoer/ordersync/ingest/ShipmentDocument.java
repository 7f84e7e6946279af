package io.xiaoer.ordersync.ingest;

import io.xiaoer.ordersync.shipment.ParcelEvent;
import io.xiaoer.ordersync.shipment.ParcelStatus;
import io.xiaoer.ordersync.shipment.Shipment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of a `PUT` of a parcel.
public record ShipmentDocument(
        String carrier,
        ParcelStatus status,
        @Nullable List<String> itemSkus,
        @Nullable Instant eta,
        List<ParcelEvent> events,
        Instant updatedAt,
        @Nullable String platformStatus) {

    public Shipment shipment(String trackingNo) {
        return new Shipment(trackingNo, carrier, status, itemSkus, eta, events, updatedAt, platformStatus);
    }
}
