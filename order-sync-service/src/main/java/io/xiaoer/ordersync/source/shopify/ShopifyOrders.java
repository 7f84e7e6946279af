package io.xiaoer.ordersync.source.shopify;

import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.aftersale.AfterSaleStatus;
import io.xiaoer.ordersync.aftersale.AfterSaleType;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Item;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.order.Receiver;
import io.xiaoer.ordersync.order.Rules;
import io.xiaoer.ordersync.shipment.ParcelStatus;
import io.xiaoer.ordersync.shipment.Shipment;
import io.xiaoer.ordersync.source.PlatformEvent;
import io.xiaoer.ordersync.source.PlatformEvent.AfterSaleTold;
import io.xiaoer.ordersync.source.PlatformEvent.OrderTold;
import io.xiaoer.ordersync.source.PlatformEvent.ShipmentTold;
import io.xiaoer.ordersync.source.PlatformEvent.Untranslatable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Translates Shopify's orders, fulfillments and refunds. The tables of states stand in `docs/adding-a-platform.md`.
final class ShopifyOrders {

    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_AMOUNT = 40;
    private static final int MOST_PLACES = 20;

    /// An order with its fulfillments and refunds, as webhooks of `orders/…` and pages tell it.
    PlatformEvent order(JsonNode told) {
        var id = text(told, "id").orElse("");
        return translated(told, id, () -> {
            var currency = required(told, "currency");
            return new OrderTold(
                    new Order(
                            Rules.id("id", id),
                            text(told.path("customer"), "id").orElse("guest-" + id),
                            status(told),
                            time(told, "processed_at")
                                    .or(() -> time(told, "created_at"))
                                    .orElseThrow(() -> broken("created_at", "is required")),
                            version(told, "updated_at"),
                            money(told, "total_price", currency),
                            items(told, currency),
                            receiver(told.path("shipping_address")),
                            rawStatus(told)),
                    told.path("fulfillments")
                            .valueStream()
                            .map(ShopifyOrders::parcel)
                            .toList(),
                    told.path("refunds")
                            .valueStream()
                            .map(refund -> afterSale(refund, currency))
                            .toList());
        });
    }

    /// A fulfillment alone, as webhooks of `fulfillments/…` tell it.
    PlatformEvent fulfillment(JsonNode told) {
        var order = text(told, "order_id").orElse("");
        return translated(told, order, () -> new ShipmentTold(order, parcel(told)));
    }

    /// A refund alone, as the webhook `refunds/create` tells it.
    PlatformEvent refund(JsonNode told) {
        var order = text(told, "order_id").orElse("");
        return translated(told, order, () -> new AfterSaleTold(order, afterSale(told, "")));
    }

    /// A moment that is there and can be read.
    static Optional<Instant> time(JsonNode told, String field) {
        try {
            return text(told, field).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static PlatformEvent translated(JsonNode told, String order, Supplier<PlatformEvent> translation) {
        try {
            return translation.get();
        } catch (BrokenRule broken) {
            return new Untranslatable(
                    order, text(told, "updated_at").orElseGet(told::toString), broken.field() + " " + broken.rule());
        }
    }

    private static OrderStatus status(JsonNode told) {
        var paid = text(told, "financial_status").orElse("pending");
        if (text(told, "cancelled_at").isPresent() || paid.equals("refunded") || paid.equals("voided")) {
            return OrderStatus.CLOSED;
        }
        return switch (text(told, "fulfillment_status").orElse("unfulfilled")) {
            case "fulfilled" -> allDelivered(told) ? delivered(told) : OrderStatus.SHIPPED;
            case "partial" -> OrderStatus.PART_SHIPPED;
            default ->
                paid.equals("paid") || paid.equals("partially_refunded") ? OrderStatus.PAID : OrderStatus.CREATED;
        };
    }

    private static OrderStatus delivered(JsonNode told) {
        return text(told, "closed_at").isPresent() ? OrderStatus.COMPLETED : OrderStatus.DELIVERED;
    }

    private static boolean allDelivered(JsonNode told) {
        var parcels = told.path("fulfillments");
        return !parcels.isEmpty()
                && parcels.valueStream().allMatch(each -> parcelStatus(each) == ParcelStatus.DELIVERED);
    }

    private static String rawStatus(JsonNode told) {
        var raw = text(told, "financial_status").orElse("pending") + "/"
                + text(told, "fulfillment_status").orElse("unfulfilled");
        return text(told, "cancelled_at").isPresent() ? raw + "/cancelled" : raw;
    }

    private static List<Item> items(JsonNode told, String currency) {
        return told.path("line_items")
                .valueStream()
                .map(line -> new Item(
                        sku(line),
                        cut(text(line, "title").or(() -> text(line, "name")).orElse("-")),
                        text(line, "variant_title")
                                .map(variant -> Map.of("variant", cut(variant)))
                                .orElse(Map.of()),
                        line.path("quantity").asInt(0),
                        money(line, "price", currency)))
                .toList();
    }

    private static String sku(JsonNode line) {
        return Stream.of("sku", "variant_id", "product_id", "id")
                .map(name -> text(line, name))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> broken("sku", "is required"));
    }

    private static @Nullable Receiver receiver(JsonNode address) {
        if (!address.isObject()) {
            return null;
        }
        var lines = Stream.of("country", "province", "city", "address1", "address2", "zip")
                .map(name -> text(address, name))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return new Receiver(
                text(address, "name").orElse(null),
                text(address, "phone").orElse(null),
                lines.isEmpty() ? null : lines);
    }

    private static Shipment parcel(JsonNode told) {
        var skus = told.path("line_items").valueStream().map(ShopifyOrders::sku).toList();
        return new Shipment(
                text(told, "tracking_number")
                        .or(() -> text(told, "name"))
                        .or(() -> text(told, "id"))
                        .orElseThrow(() -> broken("tracking_number", "is required")),
                text(told, "tracking_company").orElse("-"),
                parcelStatus(told),
                skus.isEmpty() ? null : skus,
                time(told, "estimated_delivery_at").orElse(null),
                List.of(),
                version(told, "updated_at"),
                text(told, "shipment_status").or(() -> text(told, "status")).orElse(null));
    }

    private static ParcelStatus parcelStatus(JsonNode told) {
        var status = text(told, "status").orElse("");
        if (status.equals("cancelled") || status.equals("error") || status.equals("failure")) {
            return ParcelStatus.EXCEPTION;
        }
        return switch (text(told, "shipment_status").orElse("confirmed")) {
            case "confirmed", "label_printed", "label_purchased" -> ParcelStatus.ACCEPTED;
            case "out_for_delivery", "ready_for_pickup" -> ParcelStatus.OUT_FOR_DELIVERY;
            case "delivered", "picked_up" -> ParcelStatus.DELIVERED;
            case "failure", "not_delivered", "attempted_delivery" -> ParcelStatus.EXCEPTION;
            default -> ParcelStatus.IN_TRANSIT;
        };
    }

    /// A refund has no version of its own: it grows by transactions, the youngest of which tells how old it is.
    private static AfterSale afterSale(JsonNode told, String currency) {
        var payments = told.path("transactions")
                .valueStream()
                .filter(each -> text(each, "kind").orElse("refund").equals("refund"))
                .toList();
        return new AfterSale(
                required(told, "id"),
                returned(told) ? AfterSaleType.RETURN_REFUND : AfterSaleType.REFUND,
                refundStatus(payments),
                text(told, "note").orElse(null),
                amount(payments, currency),
                payments.stream()
                        .map(each -> time(each, "processed_at").or(() -> time(each, "created_at")))
                        .flatMap(Optional::stream)
                        .reduce(version(told, "created_at"), (one, other) -> one.isAfter(other) ? one : other),
                payments.isEmpty()
                        ? "no_transaction"
                        : text(payments.getLast(), "status").orElse(null));
    }

    private static boolean returned(JsonNode refund) {
        return refund.path("refund_line_items")
                .valueStream()
                .anyMatch(line -> text(line, "restock_type").orElse("").equals("return"));
    }

    private static AfterSaleStatus refundStatus(List<JsonNode> payments) {
        var states = payments.stream()
                .map(each -> text(each, "status").orElse("success"))
                .collect(Collectors.toUnmodifiableSet());
        if (states.contains("pending")) {
            return AfterSaleStatus.AWAIT_CONFIRM;
        }
        if (states.contains("success")) {
            return AfterSaleStatus.SUCCEEDED;
        }
        return states.isEmpty() ? AfterSaleStatus.CLOSED : AfterSaleStatus.REFUSED;
    }

    private static @Nullable Money amount(List<JsonNode> payments, String currency) {
        var paid = payments.stream()
                .map(each -> money(each, "amount", text(each, "currency").orElse(currency)))
                .toList();
        if (paid.isEmpty() || paid.stream().map(Money::currency).distinct().count() > 1) {
            return null;
        }
        return new Money(
                paid.stream().mapToLong(Money::amountMinor).sum(),
                paid.getFirst().currency());
    }

    /// Shopify writes amounts in the main unit, as text.
    private static Money money(JsonNode told, String field, String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            var minor = amount(required(told, field)).movePointRight(Math.max(0, digits));
            return new Money(minor.longValueExact(), currency);
        } catch (ArithmeticException | IllegalArgumentException unreadable) {
            if (unreadable instanceof BrokenRule broken) {
                throw broken;
            }
            throw broken(field, "must be an amount in a known currency");
        }
    }

    /// Eleven characters such as `1e500000000` are an amount that takes hundreds of megabytes once its
    /// point is moved.
    private static BigDecimal amount(String text) {
        var amount = text.length() <= LONGEST_AMOUNT ? new BigDecimal(text) : null;
        if (amount == null || Math.abs((long) amount.scale()) > MOST_PLACES) {
            throw new ArithmeticException("too many figures");
        }
        return amount;
    }

    private static Instant version(JsonNode told, String field) {
        return time(told, field).orElseThrow(() -> broken(field, "must be a time"));
    }

    private static String required(JsonNode told, String field) {
        return text(told, field).orElseThrow(() -> broken(field, "is required"));
    }

    /// The text of a field, a number's too; empty for what is absent, null or blank.
    private static Optional<String> text(JsonNode told, String field) {
        var value = told.path(field);
        return value.isString() || value.isNumber()
                ? Optional.of(value.asString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TITLE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TITLE));
    }

    private static BrokenRule broken(String field, String rule) {
        return BrokenRule.of(field, rule);
    }
}
