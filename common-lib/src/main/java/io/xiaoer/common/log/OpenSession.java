package io.xiaoer.common.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The session of a user as the hot view knows it.
///
/// @param id the session
/// @param owner `bot`, `queue`, `agent` or `closed`
/// @param number grows with each change of owner
/// @param holder the agent who holds it
/// @param ends when it ends if nobody says anything
/// @param locale the shopper's language, if told
/// @param orderId the order it was opened about
/// @param turn orders the sessions of a user: the id, or a later one if the session was taken over from a guest
/// @param unanswered since when the holder owes an answer, null if none is owed; a refill alone writes it
public record OpenSession(
        String id,
        String owner,
        long number,
        @Nullable String holder,
        Instant ends,
        @Nullable String locale,
        @Nullable String orderId,
        String turn,
        @Nullable Instant unanswered) {

    /// A session that its user opened.
    public OpenSession(
            String id,
            String owner,
            long number,
            @Nullable String holder,
            Instant ends,
            @Nullable String locale,
            @Nullable String orderId) {
        this(id, owner, number, holder, ends, locale, orderId, id, null);
    }

    /// This session with another moment since which an answer is owed.
    public OpenSession unansweredSince(@Nullable Instant since) {
        return new OpenSession(id, owner, number, holder, ends, locale, orderId, turn, since);
    }

    String[] fields() {
        return new String[] {
            "holder", holder == null ? "" : holder,
            "ends", Long.toString(ends.toEpochMilli()),
            "locale", locale == null ? "" : locale,
            "order_id", orderId == null ? "" : orderId
        };
    }
}
