package io.xiaoer.drills.card;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Speech;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/// Orders of every eighth shopper, one for each question that they may ask. The others have none and ask what the FAQ
/// knows.
public final class Orders {
    /// A card costs several times what an answer of the FAQ does.
    private static final int OF_SHOPPERS = 8;
    private static final int EACH = 60;
    private static final int RUN = 6;
    private static final int LINES_AT_ONCE = 500;
    private static final long TOTAL = 12_900;

    private final Map<String, List<String>> orders = new LinkedHashMap<>();
    private final List<String> questions;

    /// @param shoppers  all of them
    /// @param questions that the FAQ answers
    /// @param run       tells the orders of this run from those of others
    public Orders(List<String> shoppers, List<String> questions, String run) {
        this.questions = List.copyOf(questions);
        for (var number = 0; number < shoppers.size(); number += OF_SHOPPERS) {
            var own = new ArrayList<String>();
            for (var n = 0; n < EACH; n++) {
                own.add(id(run, number * EACH + n));
            }
            orders.put(shoppers.get(number), List.copyOf(own));
        }
    }

    /// A short one: what stands between the words of a question may not part them too far.
    private static String id(String run, int number) {
        var tail = run.substring(Math.max(0, run.length() - RUN));
        return "7%s%4s"
                .formatted(tail, Integer.toString(number, Character.MAX_RADIX))
                .replace(' ', '0')
                .toUpperCase(Locale.ROOT);
    }

    /// Tells the shop all of them.
    public void tell(Calls calls, String merchant) throws IOException {
        var lines = new ArrayList<String>();
        orders.forEach((shopper, own) -> own.forEach(order -> lines.add(line(shopper, order))));
        for (var from = 0; from < lines.size(); from += LINES_AT_ONCE) {
            var some = lines.subList(from, Math.min(from + LINES_AT_ONCE, lines.size()));
            calls.lines("/api/v1/orders/batch", merchant, String.join("\n", some) + "\n", "telling the orders");
        }
    }

    private static String line(String shopper, String order) {
        var total = JSONObject.of("amount_minor", TOTAL, "currency", "CNY");
        var item = JSONObject.of("sku", "lamp", "title", "Lamp", "quantity", 1, "unit_price", total);
        return JSONObject.of("order_id", order, "user_id", shopper, "status", "paid")
                .fluentPut("total", total)
                .fluentPut("items", List.of(item))
                .fluentPut("placed_at", "2026-11-01T00:00:00Z")
                .fluentPut("updated_at", "2026-11-01T00:00:00Z")
                .toString();
    }

    /// What a shopper says: something about each own order, or, who has none, questions of the FAQ.
    public Speech speech(String shopper, SplittableRandom random) {
        var own = orders.get(shopper);
        var things = new ArrayList<>(
                own == null ? questions : own.stream().map(Orders::question).toList());
        Collections.shuffle(things, new Random(random.nextLong()));
        var left = things.iterator();
        return () -> left.hasNext() ? left.next() : null;
    }

    /// Whether the shopper asks about orders.
    boolean asksForCards(String shopper) {
        return orders.containsKey(shopper);
    }

    static String question(String order) {
        return "订单%s到哪了".formatted(order);
    }

    /// The order that is asked about.
    static String orderIn(String question) {
        return question.replaceAll("[^A-Z0-9]", "");
    }
}
