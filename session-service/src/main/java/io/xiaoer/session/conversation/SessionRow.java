package io.xiaoer.session.conversation;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.OpenSession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as MariaDB has it. Times are milliseconds since 1970.
///
/// @param userId the name part of the user's tag
/// @param number grows with each change of owner
/// @param holder the agent who holds it
record SessionRow(
        String shopId,
        long id,
        String userId,
        Owner owner,
        long number,
        @Nullable String holder,
        Device device,
        @Nullable String locale,
        @Nullable String orderId,
        @Nullable Long queuedAt,
        long createdAt,
        @Nullable Long endedAt) {

    /// The name of a user within a shop, as the tables have it.
    static String nameOf(UserKey user) {
        return user.tag().substring(user.shop().value().length() + 1);
    }

    String sid() {
        return Long.toString(id);
    }

    UserKey user() {
        return UserKey.parse(shopId + ':' + userId);
    }

    boolean isOf(UserKey user) {
        return shopId.equals(user.shop().value()) && userId.equals(nameOf(user));
    }

    boolean isOpen() {
        return owner != Owner.CLOSED;
    }

    Instant created() {
        return Instant.ofEpochMilli(createdAt);
    }

    /// As the hot view has it.
    OpenSession open(Instant ends) {
        return new OpenSession(sid(), owner.label(), number, holder, ends, locale, orderId);
    }
}
