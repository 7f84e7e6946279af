package io.xiaoer.bot.dialog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.dialog.DialogSource;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.RedisCallback;

/// Questions go into Kafka, and a dialog that a shop wrote answers them: its state moves with its replies, once each.
class ADialogRunsIT extends RunningDialog {

    private static final String FLOW = """
            flow: gift
            version: 1
            title: {zh: 礼品, en: Gift}
            start:
              examples: {zh: [我要礼品包装], en: [wrap it as a gift]}
            slots:
              kind: {type: enum, values: {RED: [红色, red], BLUE: [蓝色, blue]}}
              ok: {type: yesno}
            steps:
              - ask: kind
                say: {zh: "什么颜色？", en: "Which colour?"}
                quick: $slot.values
                retries: 0
                on_fail: {handoff: colour_unclear}
              - confirm: ok
                say: {zh: "用${kind}，确定吗？", en: "In ${kind}?"}
                no: {end: declined}
              - say: {zh: "好，用${kind}包装。", en: "Wrapped in ${kind}."}
              - end: done
            """;

    @Autowired
    private DialogSource dialogs;

    @BeforeEach
    void putTheFlow() throws Exception {
        put("gift", FLOW);
    }

    @Test
    void aShopsDialogAnswersByWordsAndByButtons() {
        var asked = says("我要礼品包装");
        assertThat(words(asked)).isEqualTo("什么颜色？");
        assertThat(Objects.requireNonNull(asked.answer()).source()).isEqualTo("dialog");
        assertThat(asked.answer().flow()).isEqualTo("gift");
        assertThat(Objects.requireNonNull(state()).turn()).isEqualTo(1);

        var confirm = says("红色吧");
        assertThat(words(confirm)).contains("用红色");
        var done = presses(confirm, "是");

        assertThat(words(done)).isEqualTo("好，用红色包装。");
        assertThat(state()).isNull();
    }

    @Test
    void aQuestionThatComesAgainMovesNothingAndIsAnsweredOnce() {
        says("我要礼品包装");
        var colour = asks(new Content.Text("红色"));
        answered(colour);
        var before = state();

        send(colour);
        var faq = asks(new Content.Text("嗯嗯 " + UUID.randomUUID()));
        answered(faq);

        assertThat(repliesTo(colour)).hasSize(1);
        assertThat(Objects.requireNonNull(state()).turn())
                .isEqualTo(Objects.requireNonNull(before).turn() + 1);
        assertThat(Objects.requireNonNull(state()).stack().getLast().values()).containsEntry("kind", "RED");
    }

    @Test
    void aYesThatComesAgainAtTheNextConfirmIsNoYesThere() {
        says("我要礼品包装");
        says("红色");
        var yes = asks(new Content.Text("是的"));
        answered(yes);
        says("我要礼品包装");
        says("蓝色");
        var before = state();

        send(yes);
        answered(asks(new Content.Text("看情况 " + UUID.randomUUID())));

        assertThat(repliesTo(yes)).hasSize(1);
        assertThat(Objects.requireNonNull(state()).stack().getLast().step())
                .isEqualTo(Objects.requireNonNull(before).stack().getLast().step());
    }

    @Test
    void aButtonOfAnEarlierTurnBringsTheQuestionAgain() {
        var asked = says("我要礼品包装");
        presses(asked, "红色");

        var stale = presses(asked, "蓝色");

        assertThat(words(stale)).contains("用红色");
        assertThat(Objects.requireNonNull(state()).stack().getLast().values()).containsEntry("kind", "RED");
    }

    @Test
    void aDialogThatIsOverHasNoButtons() {
        var asked = says("我要礼品包装");
        says("算了");

        assertThat(state()).isNull();
        assertThat(words(presses(asked, "红色"))).contains("已经结束");
    }

    @Test
    void whatIsNotUnderstoodGoesToAPersonAndTheDialogIsOverThen() {
        says("我要礼品包装");

        var unclear = asks(new Content.Text("紫色的 " + UUID.randomUUID()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(unclear.id());
                    assertThat(call.getString("reason")).isEqualTo("colour_unclear");
                    assertThat(call.getString("brief")).isEqualTo("gift@1 ← kind");
                }));
        log.writeSession(shopper, session("bot", 3));
        assertThat(Objects.requireNonNull(says("红色").answer()).source()).isNotEqualTo("dialog");
    }

    @Test
    void whereNobodyTakesOverTheDialogSaysSoAndIsOver() {
        NEIGHBOURS.handingOff(409);
        says("我要礼品包装");

        assertThat(words(says("紫色的"))).contains("无法为您转接");
        assertThat(state()).isNull();
    }

    @Test
    void anEmptiedRedisLosesTheDialogAndNothingElse() {
        says("我要礼品包装");
        redis.delete(RedisKeys.dialog(shopper));

        assertThat(words(says("我要礼品包装"))).isEqualTo("什么颜色？");
    }

    @Test
    void aRedisThatPausesDoesNotLetAnotherDialogTakeThePlaceOfTheOneUnderWay() {
        says("我要礼品包装");
        says("红色");
        var outcome = log.append(Append.said(
                shopper,
                new Sender(Role.USER, shopper.id(), null),
                UUID.randomUUID().toString(),
                sid,
                new Content.Text("我要礼品包装"),
                false));
        redis.execute((RedisCallback<Boolean>) connection -> {
            connection.execute("CLIENT", "PAUSE".getBytes(UTF_8), "1500".getBytes(UTF_8));
            return true;
        });
        var again = BotQuery.of(shopper, sid, (AppendOutcome.Stored) outcome);
        send(again);

        await().atMost(SOON).ignoreExceptions().until(() -> !repliesTo(again).isEmpty());
        assertThat(words(repliesTo(again).getFirst())).contains("用红色");
    }

    @Test
    void whoWouldBeginADialogGoesOnWithTheOneUnderWay() {
        says("我要礼品包装");
        says("红色");
        var question =
                new Question(ids.next(), shopper, sid, 1, new Content.Text("我要礼品包装"), Language.ZH, null, Instant.now());

        var verdict = dialogs.begin(question, Deadline.in(SOON, Clock.systemUTC()));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Answered.class,
                        answered -> assertThat(
                                        answered.reply().content().toMap().toString())
                                .contains("用红色"));
    }
}
