package io.xiaoer.bot.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An order as order-sync-service gave it.
///
/// @param userId whose it is
/// @param head id, status, placed_at, total and items, as they go into the card
/// @param shipments null if their source did not answer
/// @param afterSales null if their source did not answer
/// @param coupons null if their source did not answer
/// @param asOf when the oldest of it was read from its source; null if order-sync-service did not say
record OrderView(
        String id,
        String userId,
        String status,
        Map<String, Object> head,
        @Nullable List<Map<String, Object>> shipments,
        @Nullable List<Map<String, Object>> afterSales,
        @Nullable List<Map<String, Object>> coupons,
        @Nullable Instant asOf) {

    /// The most coupons on a card: it must fit a frame with others of its kind.
    private static final int COUPONS = 5;

    private static final Set<String> PARCEL_ENDED = Set.of("delivered", "returned");
    private static final Set<String> AFTER_SALE_ENDED = Set.of("succeeded", "refused", "closed");

    /// Whether a parcel of it is between the shop and the shopper.
    boolean isOnTheWay() {
        return shipments == null || shipments.isEmpty()
                ? status.equals("shipped") || status.equals("part_shipped")
                : shipments.stream().anyMatch(parcel -> !PARCEL_ENDED.contains(text(parcel, "status")));
    }

    /// Whether something of it is paid and not sent yet.
    boolean isWaiting() {
        return status.equals("part_shipped") || status.equals("paid") && (shipments == null || shipments.isEmpty());
    }

    /// Whether nothing comes of it any more.
    boolean isCalledOff() {
        return status.equals("closed") && (shipments == null || shipments.isEmpty());
    }

    boolean hasAfterSale() {
        return afterSales != null && !afterSales.isEmpty();
    }

    boolean hasOpenAfterSale() {
        return afterSales != null
                && afterSales.stream().anyMatch(each -> !AFTER_SALE_ENDED.contains(text(each, "status")));
    }

    /// Whether a number names it or one of its parcels.
    boolean isNamedBy(String number) {
        return id.equalsIgnoreCase(number)
                || shipments != null
                        && shipments.stream().anyMatch(parcel -> number.equalsIgnoreCase(text(parcel, "tracking_no")));
    }

    /// The parts whose source did not answer.
    List<String> missing() {
        var missing = new ArrayList<String>();
        if (shipments == null) {
            missing.add("shipments");
        }
        if (afterSales == null) {
            missing.add("after_sales");
        }
        if (coupons == null) {
            missing.add("coupons");
        }
        return missing;
    }

    /// The fields of the order card, without its kind.
    Map<String, Object> card(Instant now) {
        var card = new LinkedHashMap<String, Object>();
        card.put("order", head);
        card.put("shipments", shipments == null ? List.of() : shipments);
        card.put("after_sales", afterSales == null ? List.of() : afterSales);
        card.put(
                "coupons",
                coupons == null ? List.of() : coupons.stream().limit(COUPONS).toList());
        card.put(
                "as_of",
                Objects.requireNonNullElse(asOf, now)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        card.put("missing", missing());
        return card;
    }

    static String text(Map<String, Object> map, String field) {
        return map.get(field) instanceof String value ? value : "";
    }
}
