package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Talk;
import io.xiaoer.bot.order.OrderAsk.Topic;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of the orders that were shown last is meant.
class OrderPickTest {

    private static final Instant NOW = Instant.parse("2026-11-11T12:00:00Z");

    private final AtomicInteger reads = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "第二个, W20002",
        "第2个吧, W20002",
        "最后一个, W30003",
        "尾号 0001, W10001",
        "鞋子那双, W20002",
        "水杯那个, W10001",
        "the second one, W20002",
        "the last one, W30003",
        "the one ending 0003, W30003"
    })
    void itIsHeardByPlaceNumberAndTitle(String text, String number) {
        var picked = OrderPick.in(question(text, choice()), NOW);

        assertThat(picked).isEqualTo(new OrderPick.Picked(Topic.PARCEL, List.of(number)));
    }

    @Test
    void itIsHeardOfAListAsWell() {
        assertThat(OrderPick.in(question("第三个", list()), NOW))
                .isEqualTo(new OrderPick.Picked(Topic.ORDERS, List.of("W30003")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"你们几点上班", "运费谁出", "第九个", "hello", "这个质量怎么样啊能不能给我详细介绍一下我想先了解了解再决定要不要买它谢谢你啦"})
    void whatMeansNoneIsNone(String text) {
        assertThat(OrderPick.in(question(text, choice()), NOW)).isNull();
    }

    @Test
    void whereNothingWasShownNothingIsMeant() {
        assertThat(OrderPick.in(question("第二个", new Content.Text("您好")), NOW)).isNull();
    }

    @Test
    void wordsThatChooseNothingCostNoRead() {
        OrderPick.in(question("你们几点上班", choice()), NOW);

        assertThat(reads).hasValue(0);
    }

    private static Content choice() {
        return new Content.Choice(
                "您想查哪一笔订单？",
                null,
                List.of(option("W10001", "玻璃水杯"), option("W20002", "红色运动鞋"), option("W30003", "雨伞")));
    }

    private static Content list() {
        return new Content.Card(
                "order_list",
                "您最近的 3 笔订单",
                Map.of(
                        "orders", List.of(order("水杯"), order("跑鞋"), order("雨伞")),
                        "options",
                                List.of(
                                        Map.of("label", "a", "payload", "order:orders:W10001"),
                                        Map.of("label", "b", "payload", "order:orders:W20002"),
                                        Map.of("label", "c", "payload", "order:orders:W30003"))));
    }

    private static Content.Option option(String number, String title) {
        return new Content.Option(number, "order:parcel:" + number, Map.of("card", "order", "order", order(title)));
    }

    private static Map<String, Object> order(String title) {
        return Map.of("items", List.of(Map.of("title", title)), "placed_at", "2026-11-10T00:00:00Z");
    }

    private Question question(String text, Content before) {
        var said = List.of(message("2", Role.BOT, before), message("1", Role.USER, new Content.Text("我的快递到哪了")));
        return new Question(
                "3",
                new UserKey(new ShopId("s"), UserKey.Kind.USER, "u"),
                "9",
                1,
                new Content.Text(text),
                Language.ZH,
                null,
                NOW,
                new Talk(() -> {
                    reads.incrementAndGet();
                    return said;
                }));
    }

    private static Message message(String id, Role role, Content content) {
        return new Message(id, "9", new Sender(role, "x", null), NOW, content, null, null);
    }
}
