package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.AppendOutcome;

/// A question: a message that was taken while the bot owned the session.
///
/// @param user the tag of the shopper
/// @param sessionId the session it was asked in
/// @param id of the question
/// @param number the ownership number it was asked under
/// @param locale of the session, empty if unknown
/// @param orderId that the session was opened about, empty if none
/// @param body the stored form of the question, JSON in a string
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record BotQuery(
        String user, String sessionId, String id, long number, String locale, String orderId, String body) {

    /// What is not said is not known.
    public BotQuery {
        locale = locale == null ? "" : locale;
        orderId = orderId == null ? "" : orderId;
    }

    /// The question that an append stored. If the bot does not own the session any more it is asked under the number of
    /// then, which makes a notice of whatever the bot says.
    public static BotQuery of(UserKey user, String sessionId, AppendOutcome.Stored stored) {
        return new BotQuery(
                user.tag(),
                sessionId,
                stored.message().id(),
                stored.owner().equals("bot") || stored.asked() == null ? stored.number() : stored.asked(),
                stored.locale(),
                stored.orderId(),
                stored.message().body());
    }
}
