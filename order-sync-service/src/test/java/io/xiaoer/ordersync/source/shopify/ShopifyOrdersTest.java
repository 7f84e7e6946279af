package io.xiaoer.ordersync.source.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.rest.RestJson;
import io.xiaoer.ordersync.source.PlatformEvent.OrderTold;
import io.xiaoer.ordersync.source.PlatformEvent.Untranslatable;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Shopify's states in the words of this service.
class ShopifyOrdersTest {

    private final ShopifyOrders orders = new ShopifyOrders();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "pending, -, -, -, -, created, pending/unfulfilled",
                "authorized, -, -, -, -, created, authorized/unfulfilled",
                "paid, -, -, -, -, paid, paid/unfulfilled",
                "partially_refunded, -, -, -, -, paid, partially_refunded/unfulfilled",
                "paid, partial, -, -, -, part_shipped, paid/partial",
                "paid, fulfilled, in_transit, -, -, shipped, paid/fulfilled",
                "paid, fulfilled, delivered, -, -, delivered, paid/fulfilled",
                "paid, fulfilled, delivered, -, 2026-11-02T00:00:00Z, completed, paid/fulfilled",
                "refunded, fulfilled, delivered, -, -, closed, refunded/fulfilled",
                "voided, -, -, -, -, closed, voided/unfulfilled",
                "paid, -, -, 2026-11-02T00:00:00Z, -, closed, paid/unfulfilled/cancelled"
            })
    void anOrdersStateIsTranslatedAndKept(
            String paid, String sent, String parcel, String cancelled, String closed, String status, String raw) {
        var told = order("""
                "financial_status": %s, "fulfillment_status": %s, "cancelled_at": %s, "closed_at": %s,
                "total_price": "10.00", "currency": "EUR",
                "fulfillments": [{"id": 1, "status": "success", "shipment_status": %s, "tracking_number": "T1",
                  "updated_at": "2026-11-01T00:00:00Z"}]""".formatted(quoted(paid), quoted(sent), quoted(cancelled), quoted(closed), quoted(parcel)));
        assertThat(told.order().status().name().toLowerCase(Locale.ROOT)).isEqualTo(status);
        assertThat(told.order().platformStatus()).isEqualTo(raw);
    }

    @ParameterizedTest
    @CsvSource({"19.90, EUR, 1990", "1000, JPY, 1000", "1000.00, JPY, 1000", "1.234, KWD, 1234", "0, USD, 0"})
    void anAmountIsCountedInTheSmallestUnitOfItsCurrency(String price, String currency, long minor) {
        var told = order("\"total_price\": \"%s\", \"currency\": \"%s\"".formatted(price, currency));
        assertThat(told.order().total().amountMinor()).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({"1.234, EUR", "1e99, EUR", "x, EUR", "-1, EUR", "1, ZZZ", "1, e", "'', EUR"})
    void whatIsNoAmountIsTold(String price, String currency) {
        var told = orders.order(RestJson.mapper()
                .readTree(json("\"total_price\": \"%s\", \"currency\": \"%s\"".formatted(price, currency))));
        assertThat(told).isInstanceOfSatisfying(Untranslatable.class, broken -> {
            assertThat(broken.order()).isEqualTo("7");
            assertThat(broken.version()).isEqualTo("2026-11-01T01:00:00Z");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e500000000",
                "1e-500000000",
                "10.000000000000000000000",
                "00000000000000000000000000000000000000010"
            })
    void anAmountOfTooManyFiguresIsToldAndNotCounted(String price) {
        var told = orders.order(
                RestJson.mapper().readTree(json("\"total_price\": \"%s\", \"currency\": \"EUR\"".formatted(price))));

        assertThat(told)
                .isInstanceOfSatisfying(
                        Untranslatable.class,
                        broken -> assertThat(broken.rule()).startsWith("total_price "));
    }

    private OrderTold order(String fields) {
        return (OrderTold) orders.order(RestJson.mapper().readTree(json(fields)));
    }

    private static String json(String fields) {
        return """
            {"id": 7, "created_at": "2026-11-01T00:00:00Z", "updated_at": "2026-11-01T01:00:00Z", %s,
             "line_items": [{"id": 3, "sku": "", "variant_id": 4, "title": "Mug", "quantity": 2, "price": "1"}]}""".formatted(fields);
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
