package io.xiaoer.bot.order;

import io.xiaoer.bot.order.OrderAsk.Topic;
import io.xiaoer.bot.slots.TimeExpressions;
import io.xiaoer.bot.words.Amounts;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Says what stands on an order card in words.
@Component
final class OrderTexts {

    /// In Chinese by the clock that 昨天 is understood by.
    private static final Map<Language, DateTimeFormatter> TIME = Map.of(
            Language.ZH, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm '北京时间'").withZone(TimeExpressions.ZONE),
            Language.EN, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC));

    private final Wording wording;

    OrderTexts(Wording wording) {
        this.wording = wording;
    }

    /// An order, as far as the topic wants to know.
    String describe(Language language, Topic topic, OrderView order) {
        var lines = new ArrayList<String>();
        lines.add(wording.say(
                language, "order.summary", order.id(), wording.name(language, "order.status", order.status())));
        if (topic != Topic.REFUND) {
            lines.addAll(parcels(language, order));
        }
        if (topic == Topic.REFUND || order.hasAfterSale()) {
            lines.addAll(afterSales(language, order));
        }
        return String.join("\n", lines);
    }

    /// An order on a button: its number and where its parcel is.
    String brief(Language language, OrderView order) {
        var parcels = order.shipments();
        String state = parcels == null || parcels.isEmpty()
                ? wording.name(language, "order.status", order.status())
                : wording.name(language, "shipment.status", OrderView.text(parcels.getFirst(), "status"));
        return wording.say(language, "order.brief", order.id(), state);
    }

    private List<String> parcels(Language language, OrderView order) {
        var parcels = order.shipments();
        if (parcels == null) {
            return List.of(wording.say(language, "order.shipments_away"));
        }
        if (parcels.isEmpty()) {
            return order.isCalledOff() ? List.of() : List.of(wording.say(language, "order.not_shipped"));
        }
        return parcels.stream().map(parcel -> parcel(language, parcel)).toList();
    }

    private String parcel(Language language, Map<String, Object> parcel) {
        var words = new StringBuilder(wording.say(
                language,
                "order.parcel",
                OrderView.text(parcel, "carrier"),
                OrderView.text(parcel, "tracking_no"),
                wording.name(language, "shipment.status", OrderView.text(parcel, "status"))));
        if (parcel.get("latest") instanceof Map<?, ?> latest) {
            words.append(language == Language.ZH ? "" : " ")
                    .append(wording.say(
                            language,
                            "order.latest",
                            time(language, latest.get("at")),
                            String.valueOf(latest.get("text"))));
        }
        if (parcel.get("eta") instanceof String eta) {
            words.append(language == Language.ZH ? "" : " ")
                    .append(wording.say(language, "order.eta", time(language, eta)));
        }
        return words.toString();
    }

    private List<String> afterSales(Language language, OrderView order) {
        var sales = order.afterSales();
        if (sales == null) {
            return List.of(wording.say(language, "order.after_sales_away"));
        }
        if (sales.isEmpty()) {
            return List.of(wording.say(language, "order.no_after_sale"));
        }
        return sales.stream()
                .map(sale -> wording.say(
                        language,
                        "order.after_sale",
                        wording.name(language, "after_sale.kind", OrderView.text(sale, "type")),
                        OrderView.text(sale, "id"),
                        wording.name(language, "after_sale.status", OrderView.text(sale, "status")),
                        amount(language, sale.get("amount"))))
                .toList();
    }

    private String amount(Language language, @org.jspecify.annotations.Nullable Object money) {
        String amount = Amounts.say(language, money);
        return amount.isEmpty() ? "" : wording.say(language, "order.amount", amount);
    }

    private static String time(Language language, @org.jspecify.annotations.Nullable Object at) {
        try {
            return Objects.requireNonNull(TIME.get(language)).format(Instant.parse(String.valueOf(at)));
        } catch (DateTimeParseException e) {
            return String.valueOf(at);
        }
    }
}
