package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.DontKnow;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Talk;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who asks where an order is and says which is told of that one, whatever else is on its way.
class AnOrderIsNamedTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");

    private static final OrderView EARBUDS = order("261003223", "paid", "无线蓝牙耳机 Wireless Earbuds", "2026-11-27", null);
    private static final OrderView BOTTLE = order("261004334", "paid", "不锈钢保温杯 Water Bottle", "2026-11-26", null);
    private static final OrderView SHIRT =
            order("261002112", "shipped", "白色纯棉T恤 Cotton T-Shirt", "2026-11-25", "in_transit");
    private static final OrderView SHOES =
            order("261001001", "delivered", "红色跑鞋 Running Shoes", "2026-11-20", "delivered");

    private final Wording wording = new Wording();
    private final OrderSource source =
            source((user, number, deadline) -> new OrderDesk.Look(null, List.of(EARBUDS, BOTTLE, SHIRT, SHOES)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            我的快递到哪了                       | 261002112
            尾号1001的订单到哪了                 | 261001001
            跑鞋的快递到哪了                     | 261001001
            我的跑鞋到哪了                       | 261001001
            wheres my tshirt                     | 261002112
            查一下尾号4334                       | 261004334
            11月20号买的鞋子到哪了               | 261001001
            T恤到哪了                            | 261002112
            耳机怎么还没发货                     | 261003223
            昨天买的东西发货了吗                 | 261003223
            前天下的单发货了吗                   | 261004334
            where are my running shoes           | 261001001
            has order ending 3223 shipped yet    | 261003223
            has my order from yesterday shipped  | 261003223
            when will my earbuds ship            | 261003223
            """)
    void theNamedOneIsShown(String text, String number) {
        assertThat(answer(text))
                .isInstanceOfSatisfying(
                        Content.Card.class,
                        card -> assertThat(card.body().get("order"))
                                .isInstanceOfSatisfying(
                                        Map.class,
                                        order -> assertThat(order.get("id")).isEqualTo(number)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"怎么还不发货", "还没发货", "why hasn't my order shipped yet"})
    void whatWasNotSentMeansThoseThatWait(String text) {
        assertThat(shown(text)).containsExactly("261003223", "261004334");
    }

    @Test
    void whatMayHaveBeenSentMeansThoseOnTheWayToo() {
        assertThat(shown("发货了吗")).containsExactly("261003223", "261004334", "261002112");
    }

    @Test
    void anEndThatNoOrderHasIsToldAndNoOtherOrderShown() {
        assertThat(answer("尾号9999的订单到哪了"))
                .isInstanceOfSatisfying(
                        Content.Text.class, said -> assertThat(said.text()).contains("9999"));
    }

    @Test
    void anotherNumberIsNotHelpedByAName() {
        assertThat(answer("订单 261009999 的跑鞋到哪了"))
                .isInstanceOfSatisfying(
                        Content.Text.class, said -> assertThat(said.text()).contains("261009999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"我的冰箱到哪了", "where is my fridge", "跑鞋的尺码怎么选", "那运费呢", "跑鞋多少钱", "跑鞋到了吗我要退货"})
    void whatIsNoneOfTheirsIsLeftToOthers(String text) {
        assertThat(consider(text, SHIRT)).isEqualTo(Verdict.PASSED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            那跑鞋呢                | 261001001
            and the running shoes?  | 261001001
            ok and my running shoes? | 261001001
            什么时候能到            | 261002112
            """)
    void theTalkGoesOnAboutOrders(String text, String number) {
        assertThat(consider(text, SHIRT))
                .isInstanceOfSatisfying(
                        Verdict.Answered.class,
                        answered -> assertThat(
                                        answered.reply().content().toMap().get("order"))
                                .isInstanceOfSatisfying(
                                        Map.class,
                                        order -> assertThat(order.get("id")).isEqualTo(number)));
        assertThat(consider(text, null)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void whetherSomethingWasOrderedTakesNoTimeFromOthersHoweverOftenATurnAsks() {
        var given = new ArrayList<Duration>();
        var slow = source((user, number, deadline) -> {
            given.add(deadline.left());
            throw new OrderDesk.Away("slow", null);
        });
        var turn = Deadline.in(Duration.ofSeconds(2), Clock.fixed(NOW, ZoneOffset.UTC));
        var question = question("我的跑鞋到哪了", List.of());

        assertThat(slow.consider(question, turn)).isEqualTo(Verdict.PASSED);
        assertThat(slow.inGeneral(question.saying(new Content.Text("取消跑鞋")), turn.own(Duration.ofSeconds(1))))
                .isNull();
        assertThat(given).containsExactly(OrderDesk.GLANCE);

        var again = Deadline.in(Duration.ofSeconds(2), Clock.fixed(NOW.plusSeconds(9), ZoneOffset.UTC));
        assertThat(slow.consider(question, again)).isEqualTo(Verdict.PASSED);
        assertThat(given).containsExactly(OrderDesk.GLANCE, OrderDesk.GLANCE);
    }

    @Test
    void whatWasFoundIsLookedForOnceATurn() {
        var looks = new ArrayList<UserKey>();
        var counting = source((user, number, deadline) -> {
            looks.add(user);
            return new OrderDesk.Look(null, List.of(EARBUDS));
        });
        var turn = Deadline.in(Duration.ofSeconds(2), Clock.fixed(NOW, ZoneOffset.UTC));

        for (String clause : List.of("取消耳机", "耳机不想要了")) {
            assertThat(counting.inGeneral(question(clause, List.of()), turn)).isNotNull();
        }
        assertThat(looks).hasSize(1);
    }

    @Test
    void moneyIsNoParcel() {
        assertThat(answer("when do i get my money"))
                .isEqualTo(new Content.Text(wording.say(Language.EN, "order.no_after_sales")));
    }

    private OrderSource source(OrderDesk desk) {
        return new OrderSource(
                desk,
                new Glances(desk),
                new OrderTexts(wording),
                new Nobody(),
                wording,
                new DontKnow(wording),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<String> shown(String text) {
        return ((Content.Choice) answer(text))
                .options().stream()
                        .map(option -> option.payload().substring("order:parcel:".length()))
                        .toList();
    }

    private Content answer(String text) {
        return ((Verdict.Answered) consider(text, null)).reply().content();
    }

    private Verdict consider(String text, @Nullable OrderView before) {
        var said = before == null
                ? List.<Message>of()
                : List.of(new Message(
                        "1",
                        "9",
                        new Sender(Role.BOT, "x", null),
                        NOW,
                        new Content.Card("order", "…", before.card(NOW)),
                        null,
                        null));
        return source.consider(question(text, said), Deadline.in(Duration.ofSeconds(30), Clock.systemUTC()));
    }

    private static Question question(String text, List<Message> said) {
        return new Question(
                "2",
                new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody"),
                "9",
                1,
                new Content.Text(text),
                Language.of(text, Language.ZH),
                null,
                NOW,
                new Talk(() -> said));
    }

    private static OrderView order(String id, String status, String title, String day, @Nullable String parcel) {
        Map<String, Object> head = Map.of(
                "id", id, "placed_at", day + "T04:00:00Z", "items", List.of(Map.<String, Object>of("title", title)));
        List<Map<String, Object>> parcels = parcel == null ? List.of() : List.of(Map.of("status", parcel));
        return new OrderView(id, "somebody", status, head, parcels, List.of(), List.of(), null);
    }

    private static final class Nobody implements Senses {

        @Override
        public @Nullable String person(Question question, Deadline deadline) {
            return null;
        }

        @Override
        public @Nullable Reply faq(Question question, Deadline deadline) {
            return null;
        }

        @Override
        public @Nullable Wanted flow(Question question, Deadline deadline) {
            return null;
        }
    }
}
