package io.xiaoer.bench.load;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.load.Speech;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What shoppers ask, out of the demo shop's own data: questions of its FAQ, where an order is, and what
/// begins and ends a dialog.
///
/// Every shopper has one order of the demo shop's, under an id of their own.
public final class Questions implements Speech.Each {
    private static final String FAQS = "/demo/1001/faqs.ndjson";
    private static final String ORDERS = "/demo/1001/orders.ndjson";
    private static final List<String> WHERE = List.of(
            "我的快递到哪了",
            "查一下物流",
            "帮我看下订单状态",
            "包裹到哪里了",
            "麻烦查个快递",
            "东西啥时候能到手",
            "订单什么时候到",
            "我那单走到哪一步了",
            "where is my order",
            "track my package",
            "check the shipping status");
    private static final List<String> OPENINGS = List.of("我要退货", "申请退款", "我想换货");
    private static final List<String> ENDS = List.of("算了", "不用了", "取消");
    private static final int BATCH = 1_000;

    private final int ofFaq;
    private final List<String> faqs;

    private Questions(int ofFaq, List<String> faqs) {
        this.ofFaq = ofFaq;
        this.faqs = List.copyOf(faqs);
    }

    /// @param ofFaq of 100 things so many are questions of the FAQ; of the others two of three ask where an order is
    public static Questions ofTheDemoShop(int ofFaq) throws IOException {
        return new Questions(ofFaq, faqs());
    }

    /// How many entries the demo shop's FAQ has.
    public static int entriesOfTheDemoShop() throws IOException {
        return lines(FAQS).size();
    }

    /// All ways to ask what the demo shop's FAQ answers, each once.
    static List<String> faqs() throws IOException {
        var faqs = new ArrayList<String>();
        for (var line : lines(FAQS)) {
            var faq = JSON.parseObject(line);
            faqs.add(faq.getString("question"));
            faqs.addAll(faq.getJSONArray("similar").toJavaList(String.class));
        }
        return faqs.stream().distinct().toList();
    }

    @Override
    public Speech of(String shopper, SplittableRandom random) {
        return new ShopperSpeech(ofFaq, faqs, WHERE, OPENINGS, ENDS, random);
    }

    /// An order for each of the shoppers, in batches as a merchant sends them.
    ///
    /// @param run tells the orders of this run from those of others
    public static List<String> orders(String run, List<String> shoppers) throws IOException {
        var shipped = lines(ORDERS).stream()
                .map(JSON::parseObject)
                .filter(order -> !order.getJSONArray("shipments").isEmpty())
                .toList();
        var batches = new ArrayList<String>();
        var batch = new StringBuilder();
        for (var n = 0; n < shoppers.size(); n++) {
            batch.append(order(shipped.get(n % shipped.size()), run + "-" + n, shoppers.get(n)))
                    .append('\n');
            if ((n + 1) % BATCH == 0 || n + 1 == shoppers.size()) {
                batches.add(batch.toString());
                batch.setLength(0);
            }
        }
        return batches;
    }

    private static JSONObject order(JSONObject demo, String id, String shopper) {
        var order = JSON.parseObject(demo.toString());
        order.put("order_id", "BQ" + id);
        order.put("user_id", shopper);
        var parcel = 0;
        for (var shipment : order.getJSONArray("shipments").toArray(JSONObject.class)) {
            shipment.put("tracking_no", "BQ%sT%d".formatted(id, parcel++));
        }
        order.getJSONArray("after_sales").clear();
        return order;
    }

    private static List<String> lines(String resource) throws IOException {
        try (var stream = Questions.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new FileNotFoundException(resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
