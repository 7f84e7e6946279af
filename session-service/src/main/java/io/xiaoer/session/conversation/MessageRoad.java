package io.xiaoer.session.conversation;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The one way by which shoppers and agents say something, over either transport.
public interface MessageRoad {

    /// Stores a message and makes it durable. Blocks up to about three seconds, so call it on a virtual thread.
    /// Idempotent by sender and client id; never throws for what a client or a server that is away can cause.
    Outcome send(Sending sending);

    /// A message as its sender gave it, its content checked.
    ///
    /// @param user whose log, the shopper's
    /// @param from the shopper, or the agent who holds the session
    /// @param clientId the sender's own id of it
    /// @param limited whether it counts against the shopper's limit
    /// @param number the ownership number that an agent wrote it under, null for the one that stands
    record Sending(
            UserKey user,
            Sender from,
            String clientId,
            String sessionId,
            Content content,
            boolean limited,
            @Nullable Long number) {

        /// A message under the ownership number that stands.
        public Sending(UserKey user, Sender from, String clientId, String sessionId, Content content, boolean limited) {
            this(user, from, clientId, sessionId, content, limited, null);
        }

        /// The same, said by the user whom the guest became, or to that user.
        Sending movedTo(UserKey to) {
            var speaker = from.role() == Role.USER ? new Sender(Role.USER, to.id(), from.name()) : from;
            return new Sending(to, speaker, clientId, sessionId, content, limited, number);
        }
    }

    /// What became of it.
    sealed interface Outcome {

        /// It is durable: this is the acknowledgement.
        ///
        /// @param owner of the session when it was taken
        /// @param duplicate whether an earlier try stored it
        record Accepted(MessageResource message, String owner, boolean duplicate) implements Outcome {}

        /// The client id was used for other content.
        ///
        /// @param messageId what it stands for
        record Conflict(String messageId) implements Outcome {}

        /// The session is the user's, and closed.
        ///
        /// @param kept whether it is an agent's who held the session, and became a draft
        record Closed(boolean kept) implements Outcome {}

        /// The user has no such session.
        record NotFound() implements Outcome {}

        /// The agent has never held the session.
        record Forbidden() implements Outcome {}

        /// The session changed hands before: what the agent said became a draft.
        record Fenced() implements Outcome {}

        /// It holds words that the shop refuses, and was not stored before.
        record Refused() implements Outcome {}

        /// Too many messages.
        ///
        /// @param messages how many are taken in any 60 s
        record Limited(Duration retryAfter, int messages) implements Outcome {}

        /// It is not known to be durable; the same message may be sent again.
        record Unavailable() implements Outcome {}
    }
}
