package io.xiaoer.ordersync.shipment;

import io.xiaoer.ordersync.order.Rules;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A parcel at one moment of its way.
///
/// @param itemSkus  what is in it; null for all items of the order
/// @param eta       when it should arrive, if the carrier says so
/// @param events    in the carrier's order
/// @param updatedAt the version: of two, the later one holds
/// @param platformStatus the state in the platform's own words
public record Shipment(
        String trackingNo,
        String carrier,
        ParcelStatus status,
        @Nullable List<String> itemSkus,
        @Nullable Instant eta,
        List<ParcelEvent> events,
        Instant updatedAt,
        @Nullable String platformStatus) {

    private static final int MOST_SKUS = 500;
    private static final int MOST_EVENTS = 500;

    public Shipment {
        trackingNo = Rules.id("tracking_no", trackingNo);
        Rules.text("carrier", carrier, 64);
        updatedAt = Rules.time("updated_at", updatedAt);
        Rules.platformStatus(platformStatus);
        eta = eta == null ? null : Rules.time("eta", eta);
        events = List.copyOf(Rules.size("events", events, MOST_EVENTS));
        if (itemSkus != null) {
            itemSkus = Rules.size("item_skus", itemSkus, MOST_SKUS).stream()
                    .map(sku -> Rules.id("item_skus", sku))
                    .toList();
        }
    }

    /// What happened last, if anything did.
    public Optional<ParcelEvent> latest() {
        return events.stream().max(Comparator.comparing(ParcelEvent::at));
    }
}
