package io.xiaoer.bot.dialog.engine;

import static io.xiaoer.bot.dialog.Talks.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.dialog.Flows;
import io.xiaoer.bot.dialog.Talks;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Flows that rest while another runs: how deep, how long, and how each is come back to.
class AnotherFlowInterruptsTest extends ReturnTalk {

    private String top() {
        return Objects.requireNonNull(talk.state()).stack().getLast().flow();
    }

    @Test
    void anotherFlowInterruptsAndTheFirstGoesOn() {
        talk.starts("我的快递到哪了", "order_status");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        var other = talk.say("我的快递到哪了");
        assertThat(outcome(other)).isEqualTo(Outcome.INTERRUPTED);
        assertThat(top()).isEqualTo("order_status");

        var back = talk.say("第一个");
        assertThat(words(back)).contains("on its way", "继续为您处理「退货退款」", "请选择退货原因");
        assertThat(top()).isEqualTo("return_order");
    }

    @Test
    void atAConfirmNoOtherFlowInterrupts() {
        talk.starts("我的快递到哪了", "order_status");
        atConfirm();

        assertThat(outcome(talk.say("我的快递到哪了"))).isEqualTo(Outcome.UNMATCHED);
        assertThat(top()).isEqualTo("return_order");
    }

    @Test
    void theStackIsThreeDeepAtMost() {
        talk.add(ring("other", "- end: done"));
        talk.starts("a", "order_status").starts("b", "issue_coupon").starts("c", "other");
        talk.begin("return_order", "我要退货");
        talk.say("a");
        talk.say("b");
        assertThat(Objects.requireNonNull(talk.state()).stack()).hasSize(3);

        assertThat(outcome(talk.say("c"))).isEqualTo(Outcome.UNMATCHED);
        assertThat(Objects.requireNonNull(talk.state()).stack()).hasSize(3);
    }

    @Test
    void whoWishesForAFlowThatRestsGoesOnWithItWhereItStood() {
        talk.starts("我的快递到哪了", "order_status").starts("我要退货", "return_order");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");
        talk.say("我的快递到哪了");

        var resumed = talk.say("我要退货");

        assertThat(outcome(resumed)).isEqualTo(Outcome.RESUMED);
        assertThat(words(resumed)).contains("继续为您处理「退货退款」", "请选择退货原因");
        assertThat(flows()).containsExactly("order_status", "return_order");
        for (int i = 0; i < 10; i++) {
            assertThat(outcome(talk.say("我的快递到哪了"))).isEqualTo(Outcome.RESUMED);
            assertThat(outcome(talk.say("我要退货"))).isEqualTo(Outcome.RESUMED);
        }
        assertThat(flows()).containsExactly("order_status", "return_order");
        talk.say("太大了");
        assertThat(words(talk.say("好的"))).contains("AS88260002", "继续为您处理", "哪");
        assertThat(flows()).containsExactly("order_status");
    }

    @Test
    void ofThreeFlowsAnyThatRestsIsBroughtUp() {
        talk.starts("a", "order_status").starts("b", "issue_coupon").starts("c", "return_order");
        talk.begin("return_order", "我要退货");
        talk.say("a");
        talk.say("b");

        assertThat(outcome(talk.say("a"))).isEqualTo(Outcome.RESUMED);
        assertThat(flows()).containsExactly("return_order", "issue_coupon", "order_status");
        assertThat(outcome(talk.say("c"))).isEqualTo(Outcome.RESUMED);
        assertThat(flows()).containsExactly("issue_coupon", "order_status", "return_order");
        assertThat(outcome(talk.say("c"))).isEqualTo(Outcome.UNMATCHED);
    }

    @Test
    void aWishThatNamesAnotherOrderIsNotGivenTheOneThatRested() {
        talk.starts("我的快递到哪了", "order_status");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");
        talk.say("我的快递到哪了");
        assertThat(outcome(talk.press("flow:return_order:88260002"))).isEqualTo(Outcome.RESUMED);
        talk.say("我的快递到哪了");

        assertThat(outcome(talk.press("flow:return_order:88260001"))).isEqualTo(Outcome.INTERRUPTED);
        assertThat(flows()).containsExactly("order_status", "return_order");
        assertThat(words(talk.say("太大了"))).contains("红色跑鞋");

        talk = new Talks(shop, "return_order", "issue_coupon");
        talk.starts("发券", "issue_coupon").starts("我要退货，订单88260001", "return_order");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");
        talk.say("发券");
        assertThat(outcome(talk.say("我要退货，订单88260001"))).isEqualTo(Outcome.RESUMED);
        assertThat(words(talk.say("太大了"))).contains("红色跑鞋");
        assertThat(shop.writes()).isEmpty();
    }

    @Test
    void whatRestedForThirtyMinutesBeginsAnewWhenItIsWishedFor() {
        talk.starts("我的快递到哪了", "order_status").starts("我要退货", "return_order");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");
        talk.say("我的快递到哪了");
        talk.pass(Duration.ofMinutes(20));
        talk.say("？？");
        talk.pass(Duration.ofMinutes(15));

        var begun = talk.say("我要退货");

        assertThat(outcome(begun)).isEqualTo(Outcome.INTERRUPTED);
        assertThat(words(begun)).contains("您要退哪一笔");
        assertThat(flows()).containsExactly("order_status", "return_order");
    }

    @Test
    void whoIsAskedWhetherToGoOnAndWishesForItGoesOn() {
        talk.starts("我的快递到哪了", "order_status").starts("我要退货", "return_order");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");
        talk.say("我的快递到哪了");
        talk.pass(Duration.ofMinutes(12));
        assertThat(words(talk.say("第一个"))).contains("要继续吗");
        assertThat(outcome(talk.press("flow:return_order:88260001"))).isEqualTo(Outcome.UNMATCHED);

        var resumed = talk.say("我要退货");

        assertThat(outcome(resumed)).isEqualTo(Outcome.RESUMED);
        assertThat(words(resumed)).contains("请选择退货原因");
    }

    @Test
    void aFlowThatWaitsForTheOneItRunsIsBroughtUpWithIt() {
        talk.add(ring("outer", "- run: issue_coupon\n  - say: {zh: 外面好了, en: Outer is done}\n  - end: done"));
        talk.starts("外面", "outer").starts("我要退货", "return_order").starts("发券", "issue_coupon");
        talk.say("外面");
        assertThat(flows()).containsExactly("outer", "issue_coupon");
        assertThat(outcome(talk.say("外面"))).isEqualTo(Outcome.UNMATCHED);
        talk.say("我要退货");
        assertThat(flows()).containsExactly("outer", "issue_coupon", "return_order");

        assertThat(outcome(talk.say("外面"))).isEqualTo(Outcome.RESUMED);
        assertThat(flows()).containsExactly("return_order", "outer", "issue_coupon");
        assertThat(outcome(talk.say("我要退货"))).isEqualTo(Outcome.RESUMED);
        assertThat(outcome(talk.say("发券"))).isEqualTo(Outcome.RESUMED);
        assertThat(flows()).containsExactly("return_order", "outer", "issue_coupon");
        assertThat(words(talk.say("算了"))).contains("外面好了", "继续为您处理「退货退款」");
        assertThat(flows()).containsExactly("return_order");
    }

    private List<String> flows() {
        return Objects.requireNonNull(talk.state()).stack().stream()
                .map(Frame::flow)
                .toList();
    }

    private static Flow ring(String name, String step) {
        try {
            return Flows.loader().load(name + ".yml", """
                    flow: %s
                    version: 1
                    title: {zh: 环, en: Ring}
                    start:
                      examples: {zh: [转圈], en: [go round]}
                    steps:
                      %s
                    """.formatted(name, step));
        } catch (InvalidFile e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatRestedForTenMinutesIsAskedForAndForThirtyIsDropped() {
        talk.starts("我的快递到哪了", "order_status");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");
        talk.say("我的快递到哪了");
        talk.pass(Duration.ofMinutes(12));

        var asked = talk.say("第一个");
        assertThat(words(asked)).contains("要继续吗");
        assertThat(words(talk.say("要"))).contains("请选择退货原因");

        talk.say("我的快递到哪了");
        talk.pass(Duration.ofMinutes(20));
        talk.say("？？");
        talk.pass(Duration.ofMinutes(15));
        var dropped = talk.say("第一个");
        assertThat(words(dropped)).contains("on its way").doesNotContain("继续");
        assertThat(talk.state()).isNull();
    }
}
