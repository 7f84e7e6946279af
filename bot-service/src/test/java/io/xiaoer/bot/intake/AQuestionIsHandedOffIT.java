package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Sender;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Which questions become a person's, and what is said where nobody is there.
class AQuestionIsHandedOffIT extends RunningIntake {

    @Autowired
    private MeterRegistry meters;

    @Test
    void whoWantsAPersonIsHandedOff() {
        var question = shopper.asks("转人工");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(question.id());
                    assertThat(call.getString("user")).isEqualTo(shopper.user.tag());
                    assertThat(call.getString("session_id")).isEqualTo(shopper.sid);
                }));
        assertThat(shopper.repliesTo(question)).isEmpty();
    }

    @Test
    void aHandOffThatComesAgainIsCountedOnce() {
        double before = handedOffWhenAllIsQuiet();
        var question = shopper.asks("转人工");
        await().atMost(SOON).until(() -> handOffsOf(question) > 0 && handedOff() == before + 1);
        long asked = handOffsOf(question);

        shopper.send(question);
        await().atMost(SOON).until(() -> handOffsOf(question) > asked);
        shopper.replyTo(shopper.asks("words " + UUID.randomUUID()));

        assertThat(handedOff()).isEqualTo(before + 1);
    }

    /// A question of another test may have been handed off and not have been counted yet.
    private double handedOffWhenAllIsQuiet() {
        await().atMost(SOON)
                .until(() -> meters.get("xiaoer.bot.under.way").gauge().value() == 0);
        return handedOff();
    }

    private double handedOff() {
        var counter =
                meters.find("xiaoer.bot.questions").tag("outcome", "handed_off").counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void aHandOffWhoseAnswerWasLostIsAskedForAgainAndNotCalledFailed() {
        double before = handedOffWhenAllIsQuiet();
        NEIGHBOURS.handingOff(503);
        var question = shopper.asks("转人工");
        await().atMost(SOON).until(() -> handOffsOf(question) > 1);
        assertThat(shopper.repliesTo(question)).isEmpty();

        NEIGHBOURS.handingOff(200);

        var words = "words " + UUID.randomUUID();
        assertThat(shopper.replyTo(shopper.asks(words)).from()).isEqualTo(Sender.BOT);
        assertThat(shopper.repliesTo(question)).isEmpty();
        assertThat(handedOff()).as("it is counted by the call that was told").isEqualTo(before + 1);
    }

    private long handOffsOf(BotQuery question) {
        return NEIGHBOURS.handOffs().stream()
                .filter(call -> call.getString("question").equals(question.id()))
                .count();
    }

    @Test
    void whoIsNotAnsweredTwiceInARowIsPassedOn() throws Exception {
        shopper.replyTo(shopper.asks("qwertz " + UUID.randomUUID()));

        var second = shopper.asks("qwertz " + UUID.randomUUID());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(second.id());
                    assertThat(call.getString("reason")).isEqualTo("low_confidence");
                }));
        assertThat(shopper.repliesTo(second)).isEmpty();
    }

    @Test
    void whatIsLeftToPeopleIsHandedOffWithoutAWordForAPerson() {
        var question = shopper.asks("再不处理我要报警了");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(question.id());
                    assertThat(call.getString("reason")).isEqualTo("sensitive");
                }));
        assertThat(shopper.repliesTo(question)).isEmpty();
    }

    @Test
    void whoDoesNotWantToLiveIsHandedOffAndMetKindlyWhereNobodyIsThere() {
        var first = shopper.asks("我想死");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(first.id());
                    assertThat(call.getString("reason")).isEqualTo("despair");
                }));
        assertThat(shopper.repliesTo(first)).isEmpty();

        NEIGHBOURS.handingOff(409);
        var reply = shopper.replyTo(shopper.asks("i want to die"));

        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Text.class,
                        text -> assertThat(text.text()).contains("not have to face this alone", "cannot pass you"));
    }

    @Test
    void whoIsAnsweredInBetweenIsNotPassedOn() throws Exception {
        putFaq("entry-between", "门店几点开门", "每天九点。");
        shopper.replyTo(shopper.asks("明天上海天气好吗"));
        shopper.replyTo(shopper.asks("门店几点开门？"));

        var third = shopper.asks("给我讲个笑话听听");

        var reply = shopper.replyTo(third);
        assertThat(reply.content()).isInstanceOf(Content.Choice.class);
        assertThat(reply.answer())
                .isNotNull()
                .extracting(io.xiaoer.common.message.Answer::source)
                .isEqualTo("none");
        assertThat(NEIGHBOURS.handOffs())
                .noneMatch(call -> call.getString("question").equals(third.id()));
    }

    @Test
    void whereNobodyIsThereTheBotSaysThatItDoesNotKnow() {
        NEIGHBOURS.handingOff(409);
        shopper.replyTo(shopper.asks("qwertz " + UUID.randomUUID()));

        var second = shopper.asks("qwertz " + UUID.randomUUID());

        var reply = shopper.replyTo(second);
        assertThat(reply.content()).isInstanceOf(Content.Choice.class);
        assertThat(reply.from()).isEqualTo(Sender.BOT);
        assertThat(NEIGHBOURS.handOffs())
                .anyMatch(call -> call.getString("question").equals(second.id()));
    }
}
