package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.alibaba.fastjson2.JSONObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The commerce dialogs over the running suite: what shoppers say and press, and what the shop's orders are then.
class DialogsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Rest merchant = Made.merchant(Made.SHOP);

    @Test
    void aShopperReturnsAnOrderByWordsAndItExistsOnce() {
        var shopper = Shopper.random(Made.SHOP);
        var order = Made.bought(shopper.userId(), "delivered", "跑鞋");

        var found = shopper.ask("我要退掉昨天的订单");
        assertThat(text(found)).contains(order);
        var confirm = shopper.ask("尺码不合适");
        assertThat(text(confirm)).contains("尺码不合适", "129.00");
        assertThat(Made.afterSales(order)).isEmpty();
        var unclear = shopper.ask("嗯这个怎么说呢我想想");
        assertThat(Made.afterSales(order)).as(text(unclear)).isEmpty();
        var done = shopper.ask("确认");

        assertThat(content(done).getString("card")).as(done.toString()).isEqualTo("after_sale");
        assertThat(done.getJSONObject("answer").getString("source")).isEqualTo("dialog");
        Awaitility.await().atMost(PATIENCE).until(() -> Made.afterSales(order).size() == 1);
        var begun = Made.afterSales(order).getFirst();
        assertThat(content(done).getJSONObject("after_sale").getString("id")).isEqualTo(begun.getString("id"));
        assertThat(begun.getString("type")).isEqualTo("return_refund");
        assertThat(text(shopper.ask("我要退货"))).contains("已有处理中");
        assertThat(Made.afterSales(order)).hasSize(1);
    }

    @Test
    void aShopperReturnsOneOfTwoOrdersByButtonsAndAStaleOneChangesNothing() {
        var shopper = Shopper.random(Made.SHOP);
        var first = Made.bought(shopper.userId(), "delivered", "水杯");
        var second = Made.bought(shopper.userId(), "delivered", "跑鞋");

        var list = shopper.ask("申请退款");
        assertThat(content(list).getString("card")).as(list.toString()).isEqualTo("order_list");
        var reasons = press(shopper, option(list, second));
        var confirm = press(shopper, option(reasons, "质量"));
        var yes = options(confirm).getFirst();
        var done = press(shopper, yes);
        var again = press(shopper, yes);

        assertThat(content(done).getString("card")).as(done.toString()).isEqualTo("after_sale");
        assertThat(content(again).getString("card")).as(again.toString()).isNotEqualTo("after_sale");
        Awaitility.await().atMost(PATIENCE).until(() -> Made.afterSales(second).size() == 1);
        assertThat(Made.afterSales(first)).isEmpty();
    }

    @Test
    void aQuestionInBetweenIsAnsweredAndTheDialogGoesOn() {
        var shopper = Shopper.random(Made.SHOP);
        var order = Made.bought(shopper.userId(), "delivered", "跑鞋");
        var id = "freight-" + Made.word();
        var answer = "退货运费由商家承担 " + Made.word();
        var faq = Map.of("question", "退货运费谁出", "similar", List.of("运费谁出"), "answer", answer, "locale", "zh");
        assertThat(merchant.put("/api/v1/faqs/" + id, faq).status()).isIn(200, 201);
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> merchant.post("/api/v1/faqs/search", Map.of("text", "运费谁出"))
                            .text()
                            .contains(id));
            assertThat(text(shopper.ask("我要退货"))).contains(order);

            var between = shopper.ask("运费谁出");
            assertThat(between.toString()).contains("运费").contains("原因");
            assertThat(text(shopper.ask("不想要了"))).contains("不想要了");
            assertThat(text(shopper.ask("不对，是质量问题"))).contains("质量问题");
            var no = shopper.ask("不用了");

            assertThat(text(no)).contains("没有提交");
            assertThat(Made.afterSales(order)).isEmpty();
        } finally {
            merchant.delete("/api/v1/faqs/" + id);
        }
    }

    @Test
    void anotherShoppersOrderIsNotFoundInADialog() {
        var owner = Shopper.random(Made.SHOP);
        var order = Made.bought(owner.userId(), "paid", "水杯");
        var shopper = Shopper.random(Made.SHOP);
        Made.bought(shopper.userId(), "paid", "雨伞");

        var reply = shopper.ask("取消订单 " + order);

        assertThat(reply.toString()).doesNotContain("水杯");
        shopper.ask("确认");
        assertThat(merchant.get("/api/v1/orders/" + order).attributes().getString("status"))
                .isEqualTo("paid");
    }

    @Test
    void anOrderIsUrgedAndTheMerchantSeesIt() {
        var shopper = Shopper.random(Made.SHOP);
        var order = Made.bought(shopper.userId(), "paid", "水杯");

        assertThat(text(shopper.ask("催一下发货"))).contains(order);
        var done = shopper.ask("好的");

        assertThat(text(done)).contains("已转达商家");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> merchant.get("/api/v1/service-requests?limit=200")
                        .text()
                        .contains(order));
    }

    @Test
    void scriptedTalksArePlayedFromAShell() {
        var talks = Suite.file("bot-service/src/test/resources/dialog/talks/cancel_order.yml");

        var told = Suite.run(
                60, "flow", "test", talks.toString(), "--data", Suite.data().toString());

        assertThat(told.lines())
                .contains("ok    by words")
                .noneMatch(line -> line.startsWith("FAILED"))
                .last(STRING)
                .matches("(\\d+) of \\1 talks went as expected");
    }

    private static JSONObject content(JSONObject message) {
        return message.getJSONObject("content");
    }

    private static String text(JSONObject message) {
        return content(message).getString("text") + "\n" + content(message).getString("prompt");
    }

    private static List<JSONObject> options(JSONObject message) {
        var options = content(message).getJSONArray("options");
        assertThat(options).as(message.toString()).isNotNull();
        return options.toList(JSONObject.class);
    }

    private static JSONObject option(JSONObject message, String words) {
        return options(message).stream()
                .filter(option -> option.getString("label").contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button for " + words + " in " + message));
    }

    private static JSONObject press(Shopper shopper, JSONObject option) {
        var action =
                Map.of("kind", "action", "payload", option.getString("payload"), "label", option.getString("label"));
        var reply = shopper.rest().post(shopper.messages(), Map.of("content", action), "Prefer", "wait=10");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().getJSONArray("included").getJSONObject(0).getJSONObject("attributes");
    }
}
