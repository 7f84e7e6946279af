package io.xiaoer.bot.decide;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A question of a shopper.
///
/// @param id of the message that asks
/// @param number the ownership number it was asked under
/// @param language to answer in
/// @param orderId the order that the session was opened about
/// @param askedAt when it was taken
/// @param talk what was said before
public record Question(
        String id,
        UserKey user,
        String sessionId,
        long number,
        Content content,
        Language language,
        @Nullable String orderId,
        Instant askedAt,
        Talk talk) {

    /// A question before which nothing was said.
    public Question(
            String id,
            UserKey user,
            String sessionId,
            long number,
            Content content,
            Language language,
            @Nullable String orderId,
            Instant askedAt) {
        this(id, user, sessionId, number, content, language, orderId, askedAt, Talk.NONE);
    }

    /// The words of it; what a button says counts as said.
    public String text() {
        return switch (content) {
            case Content.Text(var text) -> text;
            case Content.Action(var _, var label) -> label;
            case Content.Image _, Content.Card _, Content.Choice _, Content.Notice _ -> "";
        };
    }

    /// The same with other content.
    public Question saying(Content other) {
        return new Question(id, user, sessionId, number, other, language, orderId, askedAt, talk);
    }

    /// What the pressed button gave, null if none was pressed.
    public @Nullable String payload() {
        return content instanceof Content.Action(var payload, var _) ? payload : null;
    }

    /// The shop it was asked in.
    public ShopId shop() {
        return user.shop();
    }
}
