package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Talk;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who points at an order that was shown need not say which.
class PointingTest {

    private static final Content CARD = new Content.Card("order", "订单 W10001", Map.of("order", Map.of("id", "W10001")));
    private static final Content LIST = new Content.Card(
            "order_list", "2", Map.of("orders", List.of(Map.of("id", "W10001"), Map.of("id", "W10002"))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "这个我要退",
                "取消这个",
                "取消这个订单",
                "把它退了",
                "这单给我取消吧",
                "return it",
                "ok cancel it then",
                "it's too big, i want to return it",
                "cancel this order"
            })
    void theOneShownLastIsMeant(String text) {
        assertThat(at(text, CARD)).isEqualTo("W10001");
        assertThat(at(text, CARD, new Content.Text("签收后 7 天内可以退。"))).isEqualTo("W10001");
        assertThat(at(text, new Content.Text("订单 W10001 还没有发货，不用退货。"))).isEqualTo("W10001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"那帮我催一下", "那退了吧", "那就取消吧", "then cancel please", "ok then return please", "cancel then"})
    void whoGoesOnMeansTheOneShownRightBefore(String text) {
        assertThat(at(text, CARD)).isEqualTo("W10001");
        assertThat(at(text, CARD, new Content.Text("签收后 7 天内可以退。"))).isNull();
        assertThat(at(text, CARD, LIST)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"那运费谁出", "那把那双鞋退了", "so what about the coupon"})
    void whoGoesOnAboutSomethingElseDoesNot(String text) {
        assertThat(at(text, CARD)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"我要退货", "把那双鞋退了", "取消这个W20002", "return the jacket, it is too big", "那件羽绒服退了"})
    void whatNamesOneOrPointsAtNothingDoesNot(String text) {
        assertThat(at(text, CARD)).isNull();
    }

    @Test
    void ofSeveralNoneIsMeant() {
        assertThat(at("取消这个", CARD, LIST)).isNull();
        assertThat(at("取消这个")).isNull();
    }

    private static @Nullable String at(String text, Content... before) {
        var said = List.of(before).reversed().stream()
                .map(content ->
                        new Message("1", "9", new Sender(Role.BOT, "x", null), Instant.EPOCH, content, null, null))
                .toList();
        var user = new UserKey(new ShopId("s"), UserKey.Kind.USER, "u");
        return Pointing.at(new Question(
                "3", user, "9", 1, new Content.Text(text), Language.ZH, null, Instant.EPOCH, new Talk(() -> said)));
    }
}
