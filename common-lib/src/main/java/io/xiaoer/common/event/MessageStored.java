package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.message.MessageResource;
import org.jspecify.annotations.Nullable;

/// A message stands in a log. Consumers drop repetitions by user and id.
///
/// @param user the tag of the log's owner
/// @param id of the message
/// @param prev the id before it
/// @param nonce the field it is known under
/// @param hash of its content
/// @param body its stored form, JSON in a string
/// @param draft of a notice in the place of a reply: the stored form of what the bot wanted to say; null else
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record MessageStored(
        String user,
        String id,
        String prev,
        String nonce,
        String hash,
        String body,
        @Nullable String draft) {

    /// The event of what an append stored.
    public static MessageStored of(UserKey user, AppendOutcome.Stored stored) {
        return of(user, stored.message(), stored.nonce(), stored.hash());
    }

    /// The event of a message known by its parts.
    public static MessageStored of(UserKey user, MessageResource message, String nonce, String hash) {
        return new MessageStored(user.tag(), message.id(), message.prev(), nonce, hash, message.body(), null);
    }

    /// This event with what the notice stands for.
    public MessageStored withDraft(String refused) {
        return new MessageStored(user, id, prev, nonce, hash, body, refused);
    }
}
