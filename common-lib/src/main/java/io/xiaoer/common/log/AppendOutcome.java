package io.xiaoer.common.log;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an append came to. Everything but [Stored] and [Fenced] left the log as it was.
public sealed interface AppendOutcome {

    /// It stands in the log, now or since an earlier try.
    ///
    /// @param message as it stands there
    /// @param nonce the field under which it is known, for the archive
    /// @param hash of its content, and whether it is a question; for the archive
    /// @param owner who owns the session: `bot`, `queue`, `agent`; empty if there is none
    /// @param number the ownership number
    /// @param locale of the session, empty if unknown
    /// @param orderId that the session was opened about, empty if none
    /// @param duplicate whether an earlier try stored it
    /// @param asked the ownership number under which a shopper asked it of the bot, null if it is no question; of a
    ///     repetition what it was when it was stored
    record Stored(
            MessageResource message,
            String nonce,
            String hash,
            String owner,
            long number,
            String locale,
            String orderId,
            boolean duplicate,
            @Nullable Long asked)
            implements AppendOutcome {}

    /// The nonce was used for other content.
    record Conflict(String messageId) implements AppendOutcome {}

    /// Redis does not know this user: warm the user, then append again.
    record Cold() implements AppendOutcome {}

    /// The session is not the user's open one.
    record Closed() implements AppendOutcome {}

    /// An agent who has never held the session.
    record Forbidden() implements AppendOutcome {}

    /// It holds words that are refused, and was not stored before.
    record Refused() implements AppendOutcome {}

    /// Over the limit.
    ///
    /// @param messages how many are taken within the window
    record Limited(Duration retryAfter, int messages) implements AppendOutcome {}

    /// The session has changed hands: what was said became a draft. In the place of a reply of the bot stands a notice.
    ///
    /// @param notice null for what is no reply
    record Fenced(@Nullable MessageResource notice, String nonce, String hash) implements AppendOutcome {}

    /// The log became part of a user's: its author repeats there, see [Append#movedTo].
    ///
    /// @param to whose log it is now
    /// @param settled whether all of it stands there; the guest has no part in it any more
    record Moved(UserKey to, boolean settled) implements AppendOutcome {}

    /// The question that this answers was erased with its user, or lost before it was durable, and its author asks it
    /// anew: nothing is said to nobody.
    record Erased() implements AppendOutcome {}
}
