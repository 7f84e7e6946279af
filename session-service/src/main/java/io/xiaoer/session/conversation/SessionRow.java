package io.xiaoer.session.conversation;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.OpenSession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as MariaDB has it. Times are milliseconds since 1970.
///
/// @param userId the name part of the user's tag
/// @param number grows with each change of owner
/// @param holder the agent who holds it
/// @param queuedAt since when it waits for a person, null if it does not
/// @param queueRank its place in the queue, the lowest is next
/// @param changedHow how it came to its owner
/// @param changedBy the agent who changed it last, null for the shopper and the suite
/// @param turn orders the sessions of a user; null means the id
public record SessionRow(
        String shopId,
        long id,
        String userId,
        Owner owner,
        long number,
        @Nullable String holder,
        @Nullable String holderName,
        Device device,
        @Nullable String locale,
        @Nullable String orderId,
        @Nullable String handoffReason,
        @Nullable Long queuedAt,
        @Nullable Long queueRank,
        long createdAt,
        long changedAt,
        Change changedHow,
        @Nullable String changedBy,
        @Nullable Long endedAt,
        @Nullable Long turn) {

    /// The name of a user within a shop, as the tables have it.
    static String nameOf(UserKey user) {
        return user.name();
    }

    /// The id as a string.
    public String sid() {
        return Long.toString(id);
    }

    /// Whose session it is.
    public UserKey user() {
        return UserKey.parse(shopId + ':' + userId);
    }

    boolean isOf(UserKey user) {
        return shopId.equals(user.shop().value()) && userId.equals(nameOf(user));
    }

    /// The shop.
    public ShopId shop() {
        return new ShopId(shopId);
    }

    /// Whether it waits before those who came by themselves, whose rank is a moment.
    public boolean isInFront() {
        return queueRank != null && queueRank < 0;
    }

    /// Whether anybody owns it.
    public boolean isOpen() {
        return owner != Owner.CLOSED;
    }

    /// Whether this agent holds it.
    public boolean isHeldBy(UserKey agent) {
        return owner == Owner.AGENT
                && agent.id().equals(holder)
                && shopId.equals(agent.shop().value());
    }

    /// When it was opened.
    public Instant created() {
        return Instant.ofEpochMilli(createdAt);
    }

    /// As the hot view has it, if nobody has said anything since it changed hands.
    OpenSession open(Instant ends) {
        return new OpenSession(
                sid(),
                owner.label(),
                number,
                holder,
                ends,
                locale,
                orderId,
                turn == null ? sid() : turn.toString(),
                owner == Owner.AGENT ? Instant.ofEpochMilli(changedAt) : null);
    }
}
