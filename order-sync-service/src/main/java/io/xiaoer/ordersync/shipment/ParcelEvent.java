package io.xiaoer.ordersync.shipment;

import io.xiaoer.ordersync.order.Rules;
import java.time.Instant;

/// Something that happened to a parcel.
///
/// @param text in the carrier's words
public record ParcelEvent(Instant at, ParcelStatus status, String text) {

    public ParcelEvent {
        at = Rules.time("at", at);
        Rules.text("text", text, 512);
    }
}
