package io.xiaoer.ordersync.ingest;

import io.xiaoer.ordersync.shipment.ParcelEvent;
import io.xiaoer.ordersync.shipment.ParcelStatus;
import io.xiaoer.ordersync.shipment.Shipment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parcel as answers show it.
///
/// @param latest what happened last
record ShipmentView(
        String trackingNo,
        String carrier,
        ParcelStatus status,
        @Nullable List<String> itemSkus,
        @Nullable Instant eta,
        @Nullable ParcelEvent latest,
        List<ParcelEvent> events,
        Instant updatedAt) {

    static ShipmentView of(Shipment shipment) {
        return new ShipmentView(
                shipment.trackingNo(),
                shipment.carrier(),
                shipment.status(),
                shipment.itemSkus(),
                shipment.eta(),
                shipment.latest().orElse(null),
                shipment.events(),
                shipment.updatedAt());
    }
}
