package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A dialog speaks once into the silence of its shopper, and into nobody else's.
class ASilenceIsBrokenIT extends RunningDialog {

    private static final String QUIET = """
            flow: quiet
            version: 1
            title: {zh: 安静, en: Quiet}
            start:
              examples: {zh: [我要安静], en: [be quiet]}
            slots:
              kind: {type: enum, values: {RED: [红色, red], BLUE: [蓝色, blue]}}
            steps:
              - ask: kind
                say: {zh: "什么颜色？", en: "Which colour?"}
              - say: {zh: "好。", en: "Good."}
              - end: done
            on:
              silence: {after: 600s, say: {zh: "还在吗？", en: "Still there?"}, end_after: 3600s}
            """;

    @Test
    void theSilenceOfAShopperIsBrokenOnceAndTheDialogGoesOn() throws Exception {
        put("quiet", QUIET);
        says("我要安静");
        await().atMost(SOON).until(this::isAwaited);
        assertThat(asides()).isEmpty();

        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());
        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());

        assertThat(asides()).containsExactly("还在吗？");
        assertThat(words(says("红色"))).isEqualTo("好。");
        await().atMost(SOON).until(() -> !isAwaited());
    }

    @Test
    void whoIsStillThereHasSaidNoYesToWhatWasAskedBefore() throws Exception {
        put(
                "quiet",
                QUIET.replace("slots:", "slots:\n  ok: {type: yesno}")
                        .replace(
                                "  - say: {zh",
                                "  - confirm: ok\n"
                                        + "    say: {zh: \"涂成${kind}吗？\", en: \"Paint it ${kind}?\"}\n"
                                        + "    no: {end: declined}\n"
                                        + "  - say: {zh"));
        says("我要安静");
        says("红色");
        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());

        assertThat(words(says("好继续"))).isEqualTo("涂成红色吗？");
        assertThat(words(says("好继续"))).isEqualTo("好。");
    }

    @Test
    void nobodySpeaksIntoASilenceThatIsNoneOrIsAnothers() throws Exception {
        put("quiet", QUIET);
        says("我要安静");
        await().atMost(SOON).until(this::isAwaited);
        log.append(Append.said(
                shopper,
                new Sender(Role.USER, shopper.id(), null),
                UUID.randomUUID().toString(),
                sid,
                new Content.Text("等一下"),
                false));
        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());

        says("我要安静");
        await().atMost(SOON).until(this::isAwaited);
        log.writeSession(shopper, session("agent", 2));
        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());

        assertThat(asides()).isEmpty();
        assertThat(log.drafts(shopper)).isEmpty();
    }

    /// Ages what the dialog said last, so that the silence is due.
    private void letTimePass() {
        await().atMost(SOON).until(() -> state() != null);
        var state = String.valueOf(redis.opsForHash().get(RedisKeys.dialog(shopper), "state"));
        var earlier = "\"at\":" + Instant.now().minusSeconds(700).toEpochMilli();
        redis.opsForHash().put(RedisKeys.dialog(shopper), "state", state.replaceFirst("\"at\":\\d+", earlier));
        redis.opsForZSet().add(RedisKeys.SILENCES, shopper.tag(), 0);
    }

    /// Whether a silence of the shopper is still to be looked at.
    private boolean isAwaited() {
        return redis.opsForZSet().score(RedisKeys.SILENCES, shopper.tag()) != null;
    }

    /// What the bot said that answers nothing.
    private List<String> asides() {
        return log.read(shopper, "0", 500).messages().stream()
                .map(MessageResource::message)
                .filter(message -> message.from().role() == Role.BOT && message.replyTo() == null)
                .map(RunningDialog::words)
                .toList();
    }
}
