package io.xiaoer.bot.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of the buttons that were shown last is meant by its place, and whether the only one is.
class ButtonPickTest {

    private final AtomicInteger reads = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "第二个, flow:return_order",
        "2, flow:return_order",
        "２, flow:return_order",
        "第一个吧, faq:a",
        "the first one, faq:a",
        "最后一个, faq:b",
        "number 3, faq:b"
    })
    void aPlacePressesTheButton(String text, String payload) {
        assertThat(ButtonPick.in(question(text, asked())).payload()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"第九个", "9", "第二次买了", "2 件", "退货"})
    void whatIsNoPlaceOrNoneOfTheseIsAQuestion(String text) {
        assertThat(ButtonPick.in(question(text, asked())).payload()).isNull();
    }

    @Test
    void theButtonsOfDialogsAndOfOrdersAreNotPressedHere() {
        var orders = new Content.Choice("您想查哪一笔订单？", null, List.of(option("order:parcel:1"), option("order:parcel:2")));
        var dialog = new Content.Choice("请选择退货原因。", null, List.of(option("d:1:a:b"), option("d:1:c:d")));

        assertThat(ButtonPick.in(question("2", orders)).payload()).isNull();
        assertThat(ButtonPick.in(question("2", dialog)).payload()).isNull();
        assertThat(ButtonPick.in(question("2", new Content.Text("您好"))).payload())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"是的", "需要", "可以，麻烦你了", "要，谢谢", "yes", "Yes please!", "sure, go ahead"})
    void aYesPressesTheOnlyButton(String text) {
        assertThat(ButtonPick.in(question(text, offered())).payload()).isEqualTo(DontKnow.HANDOFF_PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"好的", "ok", "嗯", "不需要", "1", "需要退货", "可以退吗", "yes but where is my parcel"})
    void aNodOrAnythingElsePressesItNot(String text) {
        assertThat(ButtonPick.in(question(text, offered())).payload()).isNull();
    }

    @Test
    void aYesToSeveralButtonsPressesNone() {
        assertThat(ButtonPick.in(question("是的", asked())).payload()).isNull();
    }

    @Test
    void wordsThatNameNoPlaceCostNoRead() {
        ButtonPick.in(question("运费谁出", asked()));

        assertThat(reads).hasValue(0);
    }

    private static Content asked() {
        return new Content.Choice(
                "您是想问：", null, List.of(option("faq:a"), option("flow:return_order"), option("faq:b")));
    }

    private static Content offered() {
        return new Content.Choice("抱歉，这个问题我还不会回答。", null, List.of(option(DontKnow.HANDOFF_PAYLOAD)));
    }

    private static Content.Option option(String payload) {
        return new Content.Option(payload, payload, null);
    }

    private Question question(String text, Content shown) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        var message = new Message("1", "2", new Sender(Role.BOT, "bot", null), Instant.EPOCH, shown, null, null);
        return new Question(
                "3", user, "2", 1, new Content.Text(text), Language.ZH, null, Instant.EPOCH, new Talk(() -> {
                    reads.incrementAndGet();
                    return List.of(message);
                }));
    }
}
