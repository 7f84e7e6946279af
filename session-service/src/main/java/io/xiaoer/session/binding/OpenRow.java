package io.xiaoer.session.binding;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The open session of a guest or a user, while it is decided which of two goes on.
record OpenRow(long id, String owner, long number, @Nullable String holder) {

    /// Of two the one that a person holds, else the guest's.
    static @Nullable OpenRow chosen(@Nullable OpenRow guests, @Nullable OpenRow users) {
        if (guests == null || users == null) {
            return guests == null ? users : guests;
        }
        return users.isHeld() && !guests.isHeld() ? users : guests;
    }

    String sid() {
        return Long.toString(id);
    }

    String ownerLabel() {
        return owner.toLowerCase(Locale.ROOT);
    }

    private boolean isHeld() {
        return owner.equals("AGENT");
    }
}
