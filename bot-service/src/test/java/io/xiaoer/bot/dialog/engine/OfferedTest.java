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
import org.junit.jupiter.api.Test;

/// A button that asks back keeps the words that brought it.
class OfferedTest {

    private static final Message ASKED = message("1", Role.USER, new Content.Text("把尾号0001那双鞋退了"));
    private static final Message OFFERED = message(
            "2",
            Role.BOT,
            new Content.Choice("您是想问：", null, List.of(new Content.Option("我要退货", "flow:return_order", null))));

    @Test
    void whoPressesItHasSaidWhatTheySaidBefore() {
        var meant = Offered.question(pressed("flow:return_order", OFFERED, ASKED));

        assertThat(meant.payload()).isNull();
        assertThat(meant.text()).isEqualTo("把尾号0001那双鞋退了");
    }

    @Test
    void aButtonThatWasNotOfferedLastHasNoWords() {
        var later = message("3", Role.USER, new Content.Text("运费谁出"));
        var answer = message("4", Role.BOT, new Content.Text("商家"));

        assertThat(Offered.question(pressed("flow:return_order", answer, later, OFFERED, ASKED))
                        .payload())
                .isEqualTo("flow:return_order");
        assertThat(Offered.question(pressed("flow:exchange_order", OFFERED, ASKED))
                        .payload())
                .isEqualTo("flow:exchange_order");
        assertThat(Offered.question(pressed("flow:return_order")).payload()).isEqualTo("flow:return_order");
    }

    /// @param before newest first
    private static Question pressed(String payload, Message... before) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        return new Question(
                "9",
                user,
                "2",
                1,
                new Content.Action(payload, "我要退货"),
                Language.ZH,
                null,
                Instant.EPOCH,
                new Talk(() -> List.of(before)));
    }

    private static Message message(String id, Role role, Content content) {
        return new Message(id, "2", new Sender(role, "x", null), Instant.EPOCH, content, null, null);
    }
}
