package io.xiaoer.session.archive;

import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of `message`.
///
/// @param sender `<role>:<id>`, the head of the nonce's field in the log
/// @param clientId the rest of that field
/// @param draft what the notice stands for, in the stored form; null for every other message
record ArchivedMessage(
        String shopId,
        String userId,
        long id,
        @Nullable Long sessionId,
        String sender,
        String clientId,
        String hash,
        String body,
        @Nullable String draft) {

    private static final String BOT = "bot:bot:";

    /// The row of an event.
    ///
    /// @throws Unprocessable if the event is not one of a stored message
    static ArchivedMessage of(MessageStored event) {
        try {
            var user = UserKey.parse(event.user());
            var message = Message.of(event.id(), event.body());
            if (event.draft() != null) {
                Message.of(event.id(), event.draft());
            }
            String head = headOf(event.nonce(), user, message.from());
            return new ArchivedMessage(
                    user.shop().value(),
                    user.name(),
                    Long.parseLong(event.id()),
                    message.sessionId() == null ? null : Long.valueOf(message.sessionId()),
                    head.substring(0, head.length() - 1),
                    event.nonce().substring(head.length()),
                    event.hash(),
                    event.body(),
                    event.draft());
        } catch (RuntimeException e) {
            if (e instanceof Unprocessable known) {
                throw known;
            }
            throw new Unprocessable("invalid_event", "not a stored message", e);
        }
    }

    /// What a guest said may come again from the user whom the guest became, under the user's name.
    private static String headOf(String nonce, UserKey user, Sender from) {
        var heads =
                List.of(BOT, from.role().label() + ':' + from.id() + ':', Role.USER.label() + ':' + user.id() + ':');
        return heads.stream()
                .filter(nonce::startsWith)
                .findFirst()
                .orElseThrow(() -> new Unprocessable("invalid_event", "the nonce is not the sender's"));
    }

    UserKey user() {
        return UserKey.parse(shopId + ':' + userId);
    }

    /// The draft, under the nonce of the notice; null if there is none.
    @Nullable
    LogEntry refused() {
        return draft == null ? null : new LogEntry(Long.toString(id), sender + ':' + clientId, "", draft);
    }
}
