package io.xiaoer.compensation.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record that could not be processed.
///
/// @param shopId whose it is, null if the record does not say
/// @param topic where the record stood, and where a replay goes
/// @param payload the record's value, byte for byte; null if it had none
/// @param editedPayload what a person made of it; replays send this one
/// @param headers the record's headers as JSON
/// @param subject id of the command or message that it carries
/// @param attempts how often it ended among the dead letters
/// @param nextAt when the service tries again by itself, null if it will not
/// @param actedAt when it was last sent again
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Task(
        String id,
        @Nullable String shopId,
        String topic,
        @Nullable String recordKey,
        byte @Nullable [] payload,
        byte @Nullable [] editedPayload,
        String headers,
        String subject,
        TaskStatus status,
        String reason,
        int attempts,
        @Nullable Instant nextAt,
        @Nullable Instant actedAt,
        Instant createdAt,
        Instant updatedAt) {

    /// What a replay sends: the edited payload if there is one.
    public byte @Nullable [] toSend() {
        return editedPayload == null ? payload : editedPayload;
    }
}
