package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.DontKnow;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A return that was asked for is not called off by words, and nobody is told that it was.
class KeptAfterSaleTest {

    private final List<OrderView> orders = new ArrayList<>();
    private final Wording wording = new Wording();
    private final KeptAfterSale source = new KeptAfterSale(
            new Glances((user, number, deadline) -> new OrderDesk.Look(null, orders)),
            new OrderTexts(wording),
            wording,
            new DontKnow(wording));

    @ParameterizedTest
    @ValueSource(strings = {"我不想退了", "取消退货申请", "我不想退了 撤销", "cancel my return", "I don't want to return it anymore"})
    void whatIsOpenIsShownAndAPersonOffered(String text) {
        orders.add(order("requested"));

        assertThat(content(text)).isInstanceOfSatisfying(Content.Choice.class, offer -> {
            assertThat(offer.prompt()).contains("W10001", "AS1");
            assertThat(offer.options()).extracting(Content.Option::payload).containsExactly(DontKnow.HANDOFF_PAYLOAD);
        });
    }

    @Test
    void whereNothingIsOpenACourtesyIsEnough() {
        orders.add(order("succeeded"));

        assertThat(consider("我不想退了")).isEqualTo(Verdict.PASSED);
    }

    @Test
    void whereNothingIsOpenNothingCanBeWithdrawn() {
        assertThat(content("取消退货申请"))
                .isInstanceOfSatisfying(
                        Content.Choice.class,
                        offer ->
                                assertThat(offer.prompt()).isEqualTo(wording.say(Language.ZH, "order.no_after_sales")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"我要退货", "取消订单", "不要发票了", "退款到哪了"})
    void whatCallsNoReturnOffIsLeftToOthers(String text) {
        orders.add(order("requested"));

        assertThat(consider(text)).isEqualTo(Verdict.PASSED);
    }

    private Content content(String text) {
        return ((Verdict.Answered) consider(text)).reply().content();
    }

    private Verdict consider(String text) {
        var question = new Question(
                "2",
                new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody"),
                "9",
                1,
                new Content.Text(text),
                Language.of(text, Language.ZH),
                null,
                Instant.EPOCH);
        return source.consider(question, Deadline.in(Duration.ofSeconds(30), Clock.systemUTC()));
    }

    private static OrderView order(String afterSale) {
        return new OrderView(
                "W10001",
                "somebody",
                "delivered",
                Map.of("id", "W10001"),
                List.of(),
                List.of(Map.of("id", "AS1", "type", "return_refund", "status", afterSale)),
                List.of(),
                null);
    }
}
