package io.xiaoer.session.conversation;

import io.xiaoer.common.message.Content;
import io.xiaoer.session.archive.Unavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Passes a shopper from the bot to the queue for a person. Repeatable: the row, Redis and the notice each change once.
@Component
class HandOff {

    /// The notice that tells of it.
    static final String NOTICE = "handed_off";

    /// What one shopper in the queue is taken to need, for the estimate.
    private static final Duration EACH = Duration.ofMinutes(2);

    private final Sessions sessions;
    private final SessionStore store;
    private final SystemVoice voice;

    HandOff(Sessions sessions, SessionStore store, SystemVoice voice) {
        this.sessions = sessions;
        this.store = store;
        this.voice = voice;
    }

    /// Where the shopper stands.
    ///
    /// @param position 1 is next; 0 if the session is not in the queue
    record Place(SessionRow row, int position) {

        Duration estimate() {
            return EACH.multipliedBy(position);
        }
    }

    /// @param nonce of the notice, null for that of this change of owner
    /// @param question that the notice answers, null for none
    /// @throws Unavailable if not all of it is done; the same call may be repeated
    Place handOff(SessionRow row, @Nullable String reason, @Nullable String nonce, @Nullable String question)
            throws Unavailable {
        try {
            var queued = sessions.queue(row, reason);
            if (!queued.isOpen()) {
                return new Place(queued, 0);
            }
            int position = queued.owner() == Owner.QUEUE ? store.ahead(queued) + 1 : 0;
            voice.say(
                    queued.user(),
                    nonce == null ? "h:" + queued.sid() + ':' + queued.number() : nonce,
                    queued.sid(),
                    notice(position),
                    question);
            return new Place(queued, position);
        } catch (DataAccessException | TransactionException e) {
            throw new Unavailable("Redis or MariaDB does not answer", e);
        }
    }

    private static Content notice(int position) {
        return new Content.Notice(
                NOTICE,
                position == 0
                        ? "已转人工客服，由人工继续为您服务。 / A person is taking over from here."
                        : "已为您转接人工客服，您排在第 " + position + " 位，请稍候。" + " / You are number " + position
                                + " in the queue for a person.");
    }
}
