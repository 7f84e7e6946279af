package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.DialogFunction;
import io.xiaoer.bot.dialog.function.Shown;
import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.bot.slots.TimeRange;
import io.xiaoer.bot.words.Amounts;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The shopper's own orders and their parcels.
@Component
public final class OrderFunctions {

    /// How many of the latest orders are looked through.
    private static final int LOOKED_THROUGH = 50;

    private static final List<String> HEAD = List.of("id", "status", "placed_at", "total", "items");

    private final OrderSync orders;
    private final Titles titles;
    private final Wording wording;

    OrderFunctions(OrderSync orders, Titles titles, Wording wording) {
        this.orders = orders;
        this.titles = titles;
        this.wording = wording;
    }

    /// What `orders.search` takes.
    ///
    /// @param created when they were placed
    /// @param keyword a word for an article: it narrows what is found. Where it fits none of the time
    ///     asked for it counts more than the time, and then than the status, so that who wants a thing
    ///     called off that was shipped is told so. Where it fits none at all it is let go
    public record Search(
            String buyer,
            @Nullable TimeRange created,
            @Nullable String keyword,
            @Nullable List<String> status,
            long limit) {}

    /// An order in a list.
    ///
    /// @param no its number
    /// @param title what was bought
    /// @param state where it stands, in words
    /// @param total in words
    /// @param card an order of a card `order_list`
    public record OrderBrief(
            String no, String title, String status, String state, String total, Map<String, Object> card)
            implements Shown {}

    /// What `orders.get` takes.
    public record Get(String buyer, String order) {}

    /// An order.
    ///
    /// @param receiver name, phone and address, masked; empty if none is known
    /// @param card an order of a card `order_list`
    public record Order(
            String no,
            String title,
            String status,
            String state,
            String total,
            String receiver,
            Map<String, Object> card)
            implements Shown {}

    /// What `logistics.track` takes.
    public record Tracked(String order) {}

    /// Where the parcels of an order are.
    ///
    /// @param text in words
    /// @param shipped whether any is on its way or was
    /// @param card the card `logistics`
    public record Track(String no, String text, boolean shipped, Map<String, Object> card) implements Shown {}

    @DialogFunction("orders.search")
    public List<OrderBrief> search(Search wanted, Call call) {
        var now = call.deadline().clock().instant();
        var created = wanted.created();
        var found = found(wanted, created, call);
        var fitting = fitting(ofStatus(found, wanted), wanted.keyword(), now);
        if (fitting.isEmpty() && wanted.keyword() != null) {
            var ever = created == null ? found : found(wanted, null, call);
            fitting = fitting(ofStatus(ever, wanted), wanted.keyword(), now);
            if (fitting.isEmpty()) {
                fitting = fitting(ever, wanted.keyword(), now);
            }
        }
        return (fitting.isEmpty() ? ofStatus(found, wanted) : fitting)
                .stream()
                        .limit(wanted.limit())
                        .map(order -> brief(order, call.language()))
                        .toList();
    }

    private List<Map<String, Object>> found(Search wanted, @Nullable TimeRange created, Call call) {
        var variables = new HashMap<String, Object>(Map.of("first", LOOKED_THROUGH));
        if (created != null) {
            variables.put(
                    "placed",
                    Map.of("from", created.from().toString(), "to", created.to().toString()));
        }
        return Json.objects(
                orders.one(call, OrderSync.Query.FOUND_ORDERS, variables).get("nodes"));
    }

    private static List<Map<String, Object>> ofStatus(List<Map<String, Object>> found, Search wanted) {
        return found.stream().filter(order -> isOf(order, wanted.status())).toList();
    }

    @DialogFunction("orders.get")
    public Order get(Get wanted, Call call) {
        var order = order(wanted.order(), call);
        var brief = brief(order, call.language());
        var receiver = Json.object(order.get("receiver"));
        return new Order(
                brief.no(),
                brief.title(),
                brief.status(),
                brief.state(),
                brief.total(),
                Stream.of("name", "phone", "address")
                        .map(field -> Json.text(receiver, field))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("，")),
                brief.card());
    }

    @DialogFunction("logistics.track")
    public Track track(Tracked wanted, Call call) {
        var order = order(wanted.order(), call);
        var parcels = Json.objects(order.get("shipments"));
        var language = call.language();
        var text = parcels.isEmpty()
                ? wording.name(language, "order.status", Json.text(order, "status"))
                : parcels.stream().map(parcel -> parcel(language, parcel)).collect(Collectors.joining("\n"));
        var no = Json.text(order, "id");
        return new Track(no, text, !parcels.isEmpty(), Map.of("order_id", no, "shipments", parcels));
    }

    private Map<String, Object> order(String number, Call call) {
        return orders.one(call, OrderSync.Query.ONE_ORDER, Map.of("number", number));
    }

    private static boolean isOf(Map<String, Object> order, @Nullable List<String> statuses) {
        return statuses == null || statuses.isEmpty() || statuses.contains(Json.text(order, "status"));
    }

    private static List<Map<String, Object>> fitting(
            List<Map<String, Object>> found, @Nullable String keyword, Instant now) {
        if (keyword == null || keyword.isBlank()) {
            return List.of();
        }
        var titles = found.stream()
                .map(order -> OptionPick.Option.titled(articles(order)))
                .toList();
        return switch (OptionPick.of(keyword, titles, now, ZoneOffset.UTC)) {
            case OptionPick.One(int index) -> List.of(found.get(index));
            case OptionPick.Several(var indices) ->
                indices.stream().map(found::get).toList();
            case OptionPick.None _ -> List.of();
        };
    }

    private OrderBrief brief(Map<String, Object> order, Language language) {
        var parcels = Json.objects(order.get("shipments"));
        var status = Json.text(order, "status");
        var state = parcels.isEmpty()
                ? wording.name(language, "order.status", status)
                : wording.name(language, "shipment.status", Json.text(parcels.getFirst(), "status"));
        var head = new LinkedHashMap<String, Object>();
        HEAD.forEach(field -> {
            if (order.get(field) != null) {
                head.put(field, Objects.requireNonNull(order.get(field)));
            }
        });
        return new OrderBrief(
                Json.text(order, "id"),
                titles.of(language, order),
                status,
                state,
                Amounts.say(language, order.get("total")),
                head);
    }

    private static String articles(Map<String, Object> order) {
        return Json.objects(order.get("items")).stream()
                .map(item -> Json.text(item, "title"))
                .collect(Collectors.joining(" "));
    }

    private String parcel(Language language, Map<String, Object> parcel) {
        var words = new ArrayList<String>();
        words.add(wording.say(
                language,
                "function.parcel",
                Json.text(parcel, "carrier"),
                Json.text(parcel, "tracking_no"),
                wording.name(language, "shipment.status", Json.text(parcel, "status"))));
        var latest = Json.text(Json.object(parcel.get("latest")), "text");
        if (!latest.isEmpty()) {
            words.add(latest);
        }
        return String.join(language == Language.ZH ? "，" : ", ", words);
    }
}
