package io.xiaoer.drills.command;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.command.Facts.Order;
import io.xiaoer.drills.command.Facts.Stock;
import io.xiaoer.drills.command.Facts.Template;
import io.xiaoer.drills.command.Wish.End;
import io.xiaoer.drills.command.Wish.Kind;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What the commands of one drill work on: a template and an article of which there is not enough for all, locks to be
/// released, and an order for each command that changes one. All of it is this drill's own.
public final class Market {
    static final long TOLD_TOTAL = 10_000;

    private static final long BELOW_FLOOR = 100;
    private static final int HELD_EACH = 2;
    private static final int MOST_PIECES = 3;
    private static final int MOST_LOOKS = 150;
    private static final long LOOK_AGAIN_MS = 200;

    /// The kinds of twenty keys, for as many as there are over and over.
    private static final List<Kind> MIX = List.of(
            Kind.COUPON,
            Kind.PRICE,
            Kind.LOCK,
            Kind.CANCELLATION,
            Kind.COUPON,
            Kind.LOCK,
            Kind.RELEASE,
            Kind.PRICE,
            Kind.ADDRESS,
            Kind.LOCK,
            Kind.COUPON,
            Kind.AFTER_SALE,
            Kind.PRICE,
            Kind.LOCK,
            Kind.COUPON,
            Kind.RELEASE,
            Kind.PRICE,
            Kind.LOCK,
            Kind.CANCELLATION,
            Kind.COUPON);

    private final Backend backend;
    private final CommandPlan plan;
    private final String name;
    private final List<String> shoppers;
    private final SplittableRandom random;
    private final List<Wish> wishes = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private long coupons;
    private long pieces;
    private long held;

    /// @param run tells what is made for this run from that of others
    public Market(Backend backend, CommandPlan plan, String run, List<String> shoppers) {
        this.backend = backend;
        this.plan = plan;
        this.name = "drill-" + run;
        this.shoppers = shoppers;
        this.random = new SplittableRandom(plan.seed());
    }

    /// What all that it makes has in its name, and so every outcome in its content.
    String name() {
        return name;
    }

    /// Makes everything.
    public void open() throws IOException, InterruptedException {
        var locks = locks();
        for (var number = 0; number < plan.keys(); number++) {
            wishes.add(wish(number, MIX.get(number % MIX.size()), locks));
        }
        // Of coupons and of pieces there are three fifths of what is asked for.
        coupons = wishes.stream().filter(wish -> wish.kind() == Kind.COUPON).count() * 3 / 5;
        pieces = wishes.stream()
                        .filter(wish -> wish.kind() == Kind.LOCK)
                        .mapToLong(Wish::amount)
                        .sum()
                * 3
                / 5;
        var now = Instant.now();
        put(
                "/api/v1/coupon-templates/" + template(),
                JSONObject.of("title", template(), "value", money(500), "stock", coupons, "per_user", 1)
                        .fluentPut("valid_from", now.minus(1, ChronoUnit.DAYS).toString())
                        .fluentPut("valid_to", now.plus(1, ChronoUnit.DAYS).toString()));
        put("/api/v1/inventory/" + name, JSONObject.of("on_hand", pieces));
    }

    /// What is to be asked.
    List<Wish> wishes() {
        return wishes;
    }

    /// Locks that stand before the drill, for the releases.
    private List<String> locks() throws IOException, InterruptedException {
        var wanted = 0;
        for (var number = 0; number < plan.keys(); number++) {
            wanted += MIX.get(number % MIX.size()) == Kind.RELEASE ? 1 : 0;
        }
        held = (long) wanted * HELD_EACH;
        put("/api/v1/inventory/" + heldSku(), JSONObject.of("on_hand", held));
        var locks = new ArrayList<String>();
        for (var number = 0; number < wanted; number++) {
            var body = lock(heldSku(), HELD_EACH);
            var key = Map.of("Idempotency-Key", name + "-held-" + number);
            var taken = backend.untilAnswered("POST", Kind.LOCK.path(), body, key, random);
            locks.add(Objects.requireNonNull(taken.data().getString("id"), taken.text()));
        }
        for (var looks = 0; stock(heldSku()).locked() < held; looks++) {
            if (looks == MOST_LOOKS) {
                throw new IOException("The locks that are to be released did not come to stand");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        return locks;
    }

    private Wish wish(int number, Kind kind, List<String> locks) throws IOException, InterruptedException {
        var key = "%s-%04d".formatted(name, number);
        var shopper = shoppers.get(random.nextInt(shoppers.size()));
        return switch (kind) {
            case COUPON ->
                new Wish(
                        kind,
                        key,
                        shopper,
                        template(),
                        1,
                        End.WHILE_STOCK_LASTS,
                        JSONObject.of("user_id", shopper, "template_id", template()));
            case LOCK -> {
                var quantity = 1 + random.nextInt(MOST_PIECES);
                yield new Wish(kind, key, "", name, quantity, End.WHILE_STOCK_LASTS, lock(name, quantity));
            }
            case RELEASE -> {
                var lock = locks.removeFirst();
                yield new Wish(kind, key, "", lock, HELD_EACH, End.APPLIED, JSONObject.of("lock_id", lock));
            }
            case PRICE -> {
                var refused = random.nextInt(4) == 0;
                var price = refused ? BELOW_FLOOR : TOLD_TOTAL - 1 - random.nextInt(1000);
                var body = JSONObject.of("new_total", money(price), "reason", "drill");
                yield ofOrder(kind, key, shopper, price, refused ? End.FAILED : End.APPLIED, body);
            }
            case AFTER_SALE ->
                ofOrder(kind, key, shopper, 0, End.APPLIED, JSONObject.of("kind", "refund", "reason", "drill"));
            case ADDRESS -> {
                var last = 1000 + random.nextInt(9000);
                var body = JSONObject.of("receiver", JSONObject.of("phone", "1391234" + last));
                yield ofOrder(kind, key, shopper, last, End.APPLIED, body);
            }
            case CANCELLATION -> ofOrder(kind, key, shopper, 0, End.APPLIED, JSONObject.of("reason", "drill"));
        };
    }

    private Wish ofOrder(Kind kind, String key, String shopper, long amount, End end, JSONObject body)
            throws IOException, InterruptedException {
        var order = key + "-order";
        var item = JSONObject.of("sku", name, "title", "Lamp", "quantity", 1, "unit_price", money(TOLD_TOTAL));
        put(
                "/api/v1/orders/" + order,
                JSONObject.of("user_id", shopper, "status", "paid", "total", money(TOLD_TOTAL))
                        .fluentPut("items", List.of(item))
                        .fluentPut("receiver", JSONObject.of("name", "李雷", "phone", "13812340000"))
                        .fluentPut("placed_at", "2026-11-01T00:00:00Z")
                        .fluentPut("updated_at", "2026-11-01T00:00:00Z"));
        orders.add(order);
        return new Wish(kind, key, shopper, order, amount, end, body.fluentPut("order_id", order));
    }

    /// What was there before the first command.
    Facts before() {
        return new Facts(new Template(coupons, 0), new Stock(pieces, 0, pieces), new Stock(held, held, 0), Map.of());
    }

    /// What is there now.
    Facts now() throws IOException, InterruptedException {
        var template = attributes("/api/v1/coupon-templates/" + template());
        var found = new TreeMap<String, Order>();
        for (String each : orders) {
            var order = attributes("/api/v1/orders/" + each);
            var afterSales = Objects.requireNonNullElseGet(order.getJSONArray("after_sales"), JSONArray::new);
            found.put(
                    each,
                    new Order(
                            Objects.requireNonNullElse(order.getString("status"), ""),
                            order.getJSONObject("total").getLongValue("amount_minor"),
                            Objects.requireNonNullElse(
                                    order.getJSONObject("receiver").getString("phone"), ""),
                            afterSales.toJavaList(JSONObject.class).stream()
                                    .map(sale -> Objects.requireNonNullElse(sale.getString("id"), ""))
                                    .toList()));
        }
        return new Facts(
                new Template(template.getLongValue("stock"), template.getLongValue("issued")),
                stock(name),
                stock(heldSku()),
                found);
    }

    private Stock stock(String sku) throws IOException, InterruptedException {
        var stock = attributes("/api/v1/inventory/" + sku);
        return new Stock(stock.getLongValue("on_hand"), stock.getLongValue("locked"), stock.getLongValue("available"));
    }

    private JSONObject attributes(String path) throws IOException, InterruptedException {
        return backend.expect("GET", path, null, random).data().getJSONObject("attributes");
    }

    private void put(String path, JSONObject body) throws IOException, InterruptedException {
        backend.expect("PUT", path, body, random);
    }

    private String template() {
        return name + "-coupon";
    }

    private String heldSku() {
        return name + "-held";
    }

    private static JSONObject lock(String sku, long quantity) {
        return JSONObject.of("sku", sku, "quantity", quantity, "ttl_s", TimeUnit.DAYS.toSeconds(7));
    }

    private static JSONObject money(long amount) {
        return JSONObject.of("amount_minor", amount, "currency", "CNY");
    }
}
