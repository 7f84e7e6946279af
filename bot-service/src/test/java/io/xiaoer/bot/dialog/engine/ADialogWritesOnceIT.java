package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.bot.Neighbours.CommandReply;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.redis.RedisKeys;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;

/// What a dialog writes is written once and only for a question that is the bot's, whatever happens meanwhile.
class ADialogWritesOnceIT extends RunningDialog {

    private static final String SORRY = """
            flow: sorry
            version: 1
            title: {zh: 道歉券, en: Sorry}
            start:
              examples: {zh: [我要道歉券], en: [say sorry]}
            slots:
              ok: {type: yesno}
            steps:
              - confirm: ok
                say: {zh: "发一张吗？", en: "Shall I?"}
                no: {end: declined}
              - call: coupon.policy
                with: {buyer: $buyer.id, cause: LATE}
                into: offer
                on_error: {say: {zh: "查不到。", en: "Cannot look."}, end: failed}
              - call: coupon.issue
                with: {buyer: $buyer.id, template: $offer.template, cause: LATE}
                into: given
                on_error: {say: {zh: "没有发成。", en: "It was not issued."}, end: failed}
              - say: {zh: "已发放。", en: "Issued."}
              - end: done
            """;

    @Autowired
    @Qualifier("questionPump")
    private SmartLifecycle intake;

    @Test
    void nothingIsWrittenOnceAPersonTookTheSessionWhileTheQuestionWasDealtWith() throws Exception {
        var sent = commandsEnd("applied", "");
        offering(() -> log.writeSession(shopper, session("agent", 2)));
        confirmed();

        assertThat(notice(says("是的"))).isEqualTo("handed_off");
        assertThat(sent).isEmpty();
    }

    @Test
    void nothingIsWrittenForAQuestionThatHasItsOverdueNotice() throws Exception {
        var sent = commandsEnd("applied", "");
        offering(() -> {
            String question = log.read(shopper, "0", 500).messages().getLast().id();
            log.append(Append.notice(
                    shopper, Append.replyNonce(question), sid, new Content.Notice("overdue", "late"), question));
        });
        confirmed();

        var yes = asks(new Content.Text("是的"));
        assertThat(notice(answered(yes))).isEqualTo("overdue");
        answered(asks(new Content.Text("嗯嗯 " + UUID.randomUUID())));
        assertThat(sent).isEmpty();
        assertThat(repliesTo(yes)).hasSize(1);
    }

    @Test
    void aWriteThatIsRefusedIsNoneOfTheDay() throws Exception {
        offering(() -> {});
        var refused = commandsEnd("failed", "out_of_stock");
        confirmed();
        assertThat(words(says("是的"))).isEqualTo("没有发成。");
        assertThat(redis.opsForSet().members(RedisKeys.writes(shopper))).isEmpty();

        var sent = commandsEnd("applied", "");
        says("我要道歉券");
        assertThat(words(says("是的"))).isEqualTo("已发放。");
        says("我要道歉券");
        var third = asks(new Content.Text("是的"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(third.id());
                    assertThat(call.getString("reason")).isEqualTo("sorry_too_many");
                }));
        assertThat(Set.copyOf(refused)).hasSize(1);
        assertThat(Set.copyOf(sent)).hasSize(1);
    }

    @Test
    void aProcessThatDiesBetweenTheCommandAndItsAnswerAppliesItOnceAndAnswersOnce() throws Exception {
        var stamp = Objects.requireNonNull(redis.opsForValue().get(RedisKeys.warm(shopper)));
        var tried = new CountDownLatch(1);
        var sent = new CopyOnWriteArrayList<String>();
        offering(() -> {});
        NEIGHBOURS.warming(user -> tried.countDown());
        NEIGHBOURS.commands(call -> {
            sent.add(call.key());
            if (sent.size() == 1) {
                redis.delete(RedisKeys.warm(shopper)); // no reply can be stored from here on
            }
            return CommandReply.of(200, "77", "applied", "");
        });
        confirmed();
        var yes = asks(new Content.Text("是的"));
        assertThat(tried.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        intake.stop();
        try {
            redis.opsForValue().set(RedisKeys.warm(shopper), stamp);
            assertThat(repliesTo(yes)).isEmpty();
        } finally {
            intake.start();
        }

        assertThat(words(answered(yes))).isEqualTo("已发放。");
        answered(asks(new Content.Text("嗯嗯 " + UUID.randomUUID())));
        assertThat(repliesTo(yes)).hasSize(1);
        assertThat(sent).hasSizeGreaterThan(1).containsOnly(sent.getFirst());
        assertThat(redis.opsForSet().size(RedisKeys.writes(shopper))).isEqualTo(1);
    }

    /// Up to the confirm of the coupon.
    private void confirmed() throws Exception {
        put("sorry", SORRY);
        assertThat(words(says("我要道歉券"))).isEqualTo("发一张吗？");
    }

    /// The shop offers a coupon, and something happens while it is asked.
    private void offering(Runnable meanwhile) {
        NEIGHBOURS.orders(variables -> {
            if (variables.getString("cause") == null) {
                return Map.of("data", Map.of("coupons", List.of()));
            }
            meanwhile.run();
            return Map.of(
                    "data",
                    Map.of(
                            "compensation",
                            Map.of(
                                    "allowed",
                                    true,
                                    "template_id",
                                    "sorry-5",
                                    "title",
                                    "券",
                                    "value",
                                    Map.of("amount_minor", 500, "currency", "CNY"))));
        });
    }

    /// Commands end so at once; gives the keys of those that are sent.
    private List<String> commandsEnd(String state, String reason) {
        var sent = new CopyOnWriteArrayList<String>();
        NEIGHBOURS.commands(call -> {
            sent.add(call.key());
            return CommandReply.of(200, "77", state, reason);
        });
        return sent;
    }

    private static String notice(Message message) {
        return message.content() instanceof Content.Notice(var code, var _) ? code : String.valueOf(message.content());
    }
}
