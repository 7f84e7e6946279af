package io.xiaoer.session.archive;

import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.message.Message;
import org.jspecify.annotations.Nullable;

/// A row of `message`.
///
/// @param sender `<role>:<id>`, the head of the nonce's field in the log
/// @param clientId the rest of that field
record ArchivedMessage(
        String shopId,
        String userId,
        long id,
        @Nullable Long sessionId,
        String sender,
        String clientId,
        String hash,
        String body) {

    private static final String BOT = "bot:bot:";

    /// The row of an event.
    ///
    /// @throws Unprocessable if the event is not one of a stored message
    static ArchivedMessage of(MessageStored event) {
        try {
            var user = UserKey.parse(event.user());
            var message = Message.of(event.id(), event.body());
            String head = event.nonce().startsWith(BOT)
                    ? BOT
                    : message.from().role().label() + ':' + message.from().id() + ':';
            if (!event.nonce().startsWith(head)) {
                throw new Unprocessable("invalid_event", "the nonce is not the sender's");
            }
            return new ArchivedMessage(
                    user.shop().value(),
                    nameOf(user),
                    Long.parseLong(event.id()),
                    message.sessionId() == null ? null : Long.valueOf(message.sessionId()),
                    head.substring(0, head.length() - 1),
                    event.nonce().substring(head.length()),
                    event.hash(),
                    event.body());
        } catch (RuntimeException e) {
            if (e instanceof Unprocessable known) {
                throw known;
            }
            throw new Unprocessable("invalid_event", "not a stored message", e);
        }
    }

    /// The name of a user within a shop, as the table has it.
    static String nameOf(UserKey user) {
        return user.tag().substring(user.shop().value().length() + 1);
    }

    LogEntry entry() {
        return new LogEntry(Long.toString(id), sender + ':' + clientId, hash, body);
    }
}
