package io.xiaoer.drills.ledger;

import org.jspecify.annotations.Nullable;

/// Something that a shopper wanted to say, and what became of it. The text is one that this shopper says only once.
///
/// Times are microseconds since the load's begin. Written by the device that sends it, read by the checker in the end.
public final class Said {
    private static final long NEVER = -1;

    private final String clientId;
    private final String text;
    private final long due;
    private volatile long sent = NEVER;
    private volatile long acknowledged = NEVER;
    private volatile long answered = NEVER;
    private volatile @Nullable String messageId;
    private volatile @Nullable String refusal;

    /// @param due when it was to be sent, whether or not a device could
    public Said(String clientId, String text, long due) {
        this.clientId = clientId;
        this.text = text;
        this.due = due;
    }

    public String clientId() {
        return clientId;
    }

    public String text() {
        return text;
    }

    public long due() {
        return due;
    }

    /// It goes out, for the first time or again.
    public void sent(long at) {
        if (sent == NEVER) {
            sent = at;
        }
    }

    /// The suite vouches for it.
    public void acknowledged(String id, long at) {
        if (acknowledged == NEVER) {
            messageId = id;
            acknowledged = at;
        } else if (!id.equals(messageId)) {
            refusal = "acknowledged as %s and later as %s".formatted(messageId, id);
        }
    }

    /// The suite will not take it, and says that asking again is no use.
    public void refused(String why) {
        refusal = why;
    }

    /// A device of the shopper shows the answer.
    public void answered(long at) {
        if (answered == NEVER) {
            answered = at;
        }
    }

    /// The id under which it was acknowledged.
    public @Nullable String messageId() {
        return messageId;
    }

    public @Nullable String refusal() {
        return refusal;
    }

    public boolean isAcknowledged() {
        return acknowledged != NEVER;
    }

    public boolean isAnswered() {
        return answered != NEVER;
    }

    public long sentAt() {
        return sent;
    }

    public long acknowledgedAt() {
        return acknowledged;
    }

    public long answeredAt() {
        return answered;
    }
}
