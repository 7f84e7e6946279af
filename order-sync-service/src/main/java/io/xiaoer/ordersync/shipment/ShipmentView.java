package io.xiaoer.ordersync.shipment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parcel as answers show it.
///
/// @param latest what happened last
public record ShipmentView(
        String trackingNo,
        String carrier,
        ParcelStatus status,
        @Nullable List<String> itemSkus,
        @Nullable Instant eta,
        @Nullable ParcelEvent latest,
        List<ParcelEvent> events,
        Instant updatedAt,
        @Nullable String platformStatus) {

    /// A parcel with what happened to it last.
    public static ShipmentView of(Shipment shipment) {
        return new ShipmentView(
                shipment.trackingNo(),
                shipment.carrier(),
                shipment.status(),
                shipment.itemSkus(),
                shipment.eta(),
                shipment.latest().orElse(null),
                shipment.events(),
                shipment.updatedAt(),
                shipment.platformStatus());
    }
}
