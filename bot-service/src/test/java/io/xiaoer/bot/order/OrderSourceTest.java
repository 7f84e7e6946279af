package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.DontKnow;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.dialog.engine.Senses;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is asked beside an order is asked of the FAQ, and nothing else is.
class OrderSourceTest {

    private static final String FREIGHT = "质量问题由我们承担运费。";
    private static final String REFUND = "审核通过后当天退款。";
    private static final String NONE = "没有查到您的订单。";

    private final List<String> asked = new ArrayList<>();
    private final Wording wording = new Wording();
    private final OrderSource source = source();

    @Test
    void bothAreAnsweredInOneMessage() {
        assertThat(answer("我的快递到哪了，顺便问一下运费谁出")).satisfies(reply -> {
            assertThat(reply.content()).isEqualTo(new Content.Text(FREIGHT + "\n" + NONE));
            assertThat(reply.source()).isEqualTo(Source.ORDER);
            assertThat(reply.cited()).containsExactly("freight");
        });
        assertThat(asked).containsExactly("运费谁出");
    }

    @Test
    void whatTheFaqIsNotSureOfIsLeftOut() {
        assertThat(answer("我的快递到哪了，顺便问一下大象会飞吗")).satisfies(reply -> {
            assertThat(reply.content()).isEqualTo(new Content.Text(NONE));
            assertThat(reply.cited()).isEmpty();
        });
        assertThat(asked).containsExactly("大象会飞吗");
    }

    @Test
    void withoutASecondPartTheFaqIsNotAsked() {
        assertThat(answer("我的快递到哪了？什么时候能到？").content()).isEqualTo(new Content.Text(NONE));
        assertThat(source.consider(question("运费谁出"), deadline())).isEqualTo(Verdict.PASSED);
        assertThat(asked).isEmpty();
    }

    @Test
    void whoAsksWhenARefundComesIsToldThatInGeneralWhereThereIsNone() {
        var bought =
                new OrderView("W1", "somebody", "delivered", Map.of("id", "W1"), List.of(), List.of(), List.of(), null);
        var buyer = source(bought);

        var when = ((Verdict.Answered) buyer.consider(question("多久能退给我"), deadline())).reply();
        var far = ((Verdict.Answered) buyer.consider(question("退款到了吗"), deadline())).reply();

        assertThat(when.content()).isEqualTo(new Content.Text("没有查到您的退款或售后记录。\n" + REFUND));
        assertThat(far.content()).isEqualTo(new Content.Text("没有查到您的退款或售后记录。"));
        assertThat(asked).containsExactly("退款多久到账");
    }

    private OrderSource source(OrderView... bought) {
        OrderDesk desk = (user, number, deadline) -> new OrderDesk.Look(null, List.of(bought));
        return new OrderSource(
                desk,
                new Glances(desk),
                new OrderTexts(wording),
                new Faq(),
                wording,
                new DontKnow(wording),
                Clock.systemUTC());
    }

    private Reply answer(String text) {
        return ((Verdict.Answered) source.consider(question(text), deadline())).reply();
    }

    private static Question question(String text) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        return new Question("1", user, "2", 1, new Content.Text(text), Language.ZH, null, Instant.EPOCH);
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(30), Clock.systemUTC());
    }

    private final class Faq implements Senses {

        @Override
        public @Nullable String person(Question question, Deadline deadline) {
            return null;
        }

        @Override
        public @Nullable Reply faq(Question question, Deadline deadline) {
            asked.add(question.text());
            return switch (question.text()) {
                case "运费谁出" -> Reply.of(new Content.Text(FREIGHT), Source.FAQ, 1, "freight");
                case "退款多久到账" -> Reply.of(new Content.Text(REFUND), Source.FAQ, 1, "refund");
                default -> null;
            };
        }

        @Override
        public @Nullable Wanted flow(Question question, Deadline deadline) {
            return null;
        }
    }
}
