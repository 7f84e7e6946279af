package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.order.OrderAsk.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which texts ask about the shopper's own orders, and what about them.
class OrderWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "我的快递到哪了，顺便问一下运费谁出|我的快递到哪了|运费谁出",
                "我的快递到哪了顺便问一下你们几点下班|我的快递到哪了|你们几点下班",
                "运费谁出？顺便查一下我的快递|查一下我的快递|运费谁出？",
                "我的快递到哪了？运费谁出？|我的快递到哪了？|运费谁出？",
                "退款什么时候到账，另外能开发票吗|退款什么时候到账|能开发票吗",
                "订单W2611340到哪了，对了，怎么开发票|订单W2611340到哪了|怎么开发票",
                "Where is my parcel, and who pays for shipping?|Where is my parcel|who pays for shipping?",
                "Do you ship abroad? Where is my order?|Where is my order?|Do you ship abroad?",
                "where is my order, by the way how much is shipping|where is my order|how much is shipping"
            })
    void whatIsAskedInPassing(String text, String order, String rest) {
        assertThat(OrderWords.aside(text))
                .isNotNull()
                .satisfies(aside -> assertThat(aside.main()).isEqualTo(order))
                .satisfies(aside -> assertThat(aside.asked()).isEqualTo(rest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的快递到哪了",
                "你好，我的快递到哪了？",
                "我的快递到哪了？什么时候能到？",
                "我的快递三天没动了，是不是丢了？",
                "我的快递怎么还没到？能帮我催一下吗？",
                "我的快递显示签收了，但没收到，怎么办？",
                "运费谁出？能开发票吗？",
                "我要退货顺便问运费谁出",
                "where is my order and when will it arrive?",
                "Where is my parcel? It was to be here yesterday.",
                "my parcel has also not arrived"
            })
    void nothingIsAskedInPassing(String text) {
        assertThat(OrderWords.aside(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的快递到哪了",
                "我的快递到哪了？",
                "快递到哪里了",
                "我的order到哪了",
                "我的parcel到了吗",
                "查一下物流",
                "物流",
                "我的包裹呢",
                "订单什么时候到",
                "怎么还没发货",
                "发货了吗",
                "什么时候发货？",
                "包裹到哪里了",
                "快递几天能到",
                "货到了吗",
                "东西什么时候能送到",
                "物流怎么好几天不更新",
                "到哪了",
                "查快递",
                "W2611340发货了没有",
                "Where is my order?",
                "where's my parcel",
                "Track my package",
                "when will it arrive",
                "When will my order be delivered?",
                "Has my order shipped yet?",
                "I haven't received my package",
                "my order has not arrived",
                "What's the status of my order?",
                "delivery status please",
                "order W2611340"
            })
    void whereTheParcelIs(String text) {
        assertThat(topic(text)).isEqualTo(Topic.PARCEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "退款到哪一步了",
                "我的退款到哪了",
                "售后进度",
                "退款什么时候到账",
                "退货处理得怎么样了",
                "查一下退款",
                "钱什么时候退给我",
                "还没退款",
                "退款成功了吗",
                "Where is my refund?",
                "What is the status of my refund",
                "I haven't received my refund yet",
                "how far is my return",
                "When will I get my money back?"
            })
    void howFarARefundIs(String text) {
        assertThat(topic(text)).isEqualTo(Topic.REFUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的订单",
                "查订单",
                "我有哪些订单",
                "最近的订单",
                "看一下我的订单",
                "show my orders",
                "my recent orders",
                "Which orders do I have?",
                "order history"
            })
    void whichOrdersThereAre(String text) {
        assertThat(topic(text)).isEqualTo(Topic.ORDERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "你好",
                "怎么退货",
                "怎么申请退款",
                "可以退货吗",
                "支持七天无理由退货吗",
                "运费多少钱",
                "用什么快递",
                "怎么修改订单地址",
                "我要取消订单",
                "可以开发票吗",
                "这个商品什么时候上架",
                "从哪里发货",
                "一般几天发货",
                "优惠券怎么用",
                "转人工",
                "今天天气怎么样",
                "催一下发货",
                "快点给我发货",
                "把还没发货的那单取消掉",
                "没发货的话帮我换个收货地址",
                "物流显示签收了但是没收到",
                "换了银行卡退款会打到哪张",
                "看看别人的订单",
                "我在京东买的快递到哪了",
                "what did my wife order",
                "where is the parcel I sent by fedex",
                "please ship my order asap",
                "it says delivered but I never got my parcel",
                "where will my refund go",
                "why do I have two tracking numbers for my order",
                "How do I return an item?",
                "What is your return policy?",
                "Do you ship to Canada?",
                "I want to cancel my order",
                "cancle my order",
                "How long does delivery take",
                "can i return my order",
                "hello",
                "Where is your store located?",
                "How can I place an order?",
                "when will the sale start"
            })
    void whatAsksForSomethingElse(String text) {
        assertThat(OrderWords.read(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            我的快递到哪了 W2611340     | W2611340
            订单W2611340到哪了          | W2611340
            订单号：20261120001 发货了吗 | 20261120001
            where is order #A-77        | A-77
            where is my order 357962501027 | 357962501027
            Ｗ２６１１３４０             | W2611340
            我的快递到哪了              |
            我昨天13858460305下的单，快递到哪了 |
            2026-11-11买的东西到哪了     |
            """)
    void theNumberIsFound(String text, @Nullable String number) {
        var ask = OrderWords.read(text);
        assertThat(ask).isNotNull().extracting(OrderAsk::number).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的快递到哪了",
                "退款到了吗",
                "W2611340到哪里了",
                "查一下我的订单",
                "我有哪些订单",
                "where is my parcel",
                "那个快递怎么还没到",
                "快递还没到",
                "my parcel has not arrived",
                "show my orders",
                "track w2611340"
            })
    void ordersAreAskedAboutWhereSomethingElseWasAskedFor(String text) {
        assertThat(OrderWords.isAskedAside(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W2611340",
                "请问W2611340",
                "最近的订单",
                "还没发货的那单",
                "没收到货的",
                "the one that has not arrived yet",
                "尾号 0001",
                "鞋子那个",
                "第二个",
                "my last order",
                "太大了",
                "运费谁出"
            })
    void whatMayBeTheAnswerToSomethingElseAsksAboutNoOrder(String text) {
        assertThat(OrderWords.isAskedAside(text)).isFalse();
    }

    @Test
    void aNumberAloneAsksWhereItsParcelIs() {
        assertThat(OrderWords.read("W2611340")).isEqualTo(new OrderAsk(Topic.PARCEL, "W2611340"));
        assertThat(OrderWords.read("请问W2611340")).isEqualTo(new OrderAsk(Topic.PARCEL, "W2611340"));
        assertThat(OrderWords.read("12345678 在北京有没有门店可以自提")).isNull();
        assertThat(OrderWords.read("订单W2611340怎么样了")).isEqualTo(new OrderAsk(Topic.PARCEL, "W2611340"));
        assertThat(OrderWords.read("where is w2611340?")).isEqualTo(new OrderAsk(Topic.PARCEL, "w2611340"));
        assertThat(OrderWords.read("Track W2611340 please")).isEqualTo(new OrderAsk(Topic.PARCEL, "W2611340"));
        assertThat(OrderWords.read("W2611340到哪里了")).isEqualTo(new OrderAsk(Topic.PARCEL, "W2611340"));
        assertThat(OrderWords.read("我要取消订单W2611340")).isNull();
        assertThat(OrderWords.read("quux 12345678")).isNull();
        assertThat(OrderWords.read("3f2a9c1e-8d7b-4c6a-9e5f-123456789abc")).isNull();
    }

    private static @Nullable Topic topic(String text) {
        var ask = OrderWords.read(text);
        return ask == null ? null : ask.topic();
    }

    @ParameterizedTest
    @ValueSource(strings = {"查一下尾号4334", "帮我看看尾号是4334的", "看看尾号4334的情况", "check the one ending in 4334"})
    void theEndOfANumberIsLookedFor(String text) {
        assertThat(OrderWords.read(text)).isEqualTo(new OrderAsk(Topic.PARCEL, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"尾号4334", "尾号4334我要退", "查一下尾号4334怎么退"})
    void theEndOfANumberAloneMayAnswerSomethingElse(String text) {
        assertThat(OrderWords.read(text)).isNull();
    }
}
