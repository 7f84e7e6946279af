package io.xiaoer.session.binding;

import io.xiaoer.common.id.UserKey;

/// A row of `guest_alias`. Times are milliseconds since 1970.
///
/// @param guestId the name part of the guest's tag
/// @param userId the name part of the user's tag
/// @param triedAt when somebody last began to finish it
/// @param done whether Redis shows it in full
record AliasRow(String shopId, String guestId, String userId, long triedAt, boolean done) {

    UserKey guest() {
        return UserKey.parse(shopId + ':' + guestId);
    }

    UserKey user() {
        return UserKey.parse(shopId + ':' + userId);
    }
}
