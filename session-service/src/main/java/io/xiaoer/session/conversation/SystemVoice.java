package io.xiaoer.session.conversation;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.Promptness;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// What the suite itself says to a shopper. Repeatable: one nonce stands once in the log, and is durable afterwards.
@Component
public class SystemVoice {

    private final ConversationLog log;
    private final Warmth warmth;
    private final Durability durability;
    private final EventWriter events;

    SystemVoice(ConversationLog log, Warmth warmth, Durability durability, EventWriter events) {
        this.log = log;
        this.warmth = warmth;
        this.durability = durability;
        this.events = events;
    }

    /// Says something of which nothing else is to be told.
    ///
    /// @param nonce contains `:`
    /// @return what stands under the nonce, now or since an earlier call
    /// @throws Unavailable if it is not durable; the same call may be repeated
    public MessageResource say(
            UserKey user, String nonce, @Nullable String sessionId, Content content, @Nullable String replyTo)
            throws Unavailable {
        return say(user, nonce, sessionId, content, replyTo, null);
    }

    /// @param nonce contains `:`
    /// @param draft the stored form of what people alone get to see with it, null for nothing
    /// @return what stands under the nonce, now or since an earlier call
    /// @throws Unavailable if it is not durable; the same call may be repeated
    public MessageResource say(
            UserKey user,
            String nonce,
            @Nullable String sessionId,
            Content content,
            @Nullable String replyTo,
            @Nullable String draft)
            throws Unavailable {
        try {
            var promptness = Promptness.begin();
            var append = Append.notice(user, nonce, sessionId, content, replyTo);
            var appended = append(append);
            if (appended instanceof AppendOutcome.Moved moved) {
                append = append.movedTo(moved.to());
                appended = append(append);
            }
            if (!(appended instanceof AppendOutcome.Stored stored)) {
                throw new Unavailable("the log does not take a word now");
            }
            var whose = append.user();
            var event = MessageStored.of(whose, stored);
            var record = events.record(
                    Topic.CS_MESSAGE,
                    whose.tag(),
                    stored.message().id(),
                    draft == null ? event : event.withDraft(draft));
            if (durability.make(List.of(record)) == Durability.Place.NOWHERE) {
                throw new Unavailable("neither Kafka nor the outbox takes a record now");
            }
            if (!promptness.suffices(stored)
                    && !log.holds(whose, stored.message().id())) {
                throw new Unavailable("Redis was emptied meanwhile");
            }
            return stored.message();
        } catch (DataAccessException e) {
            throw new Unavailable("Redis does not answer", e);
        }
    }

    private AppendOutcome append(Append append) throws Unavailable {
        var appended = log.append(append);
        if (appended instanceof AppendOutcome.Cold) {
            warmth.warm(append.user());
            appended = log.append(append);
        }
        return appended;
    }
}
