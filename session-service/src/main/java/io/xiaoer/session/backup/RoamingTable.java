package io.xiaoer.session.backup;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tables of a backup, in the order in which they are taken; they are restored in the same, but for who was erased,
/// which comes first. What is not named here is made again
/// (offsets, leases, the outbox), is no part of what roams (the audit), or belongs to another service.
enum RoamingTable {
    SHOP("", "shop_id"),
    /// Open ones, and those that changed since messages are taken.
    SESSION("(open_user IS NOT NULL OR changed_at >= ?)", "shop_id", "id"),
    SESSION_RATING("rated_at >= ?", "shop_id", "session_id"),
    SESSION_CHANGE("changed_at >= ?", "shop_id", "session_id", "number"),
    SESSION_DRAFT("made_at >= ?", "shop_id", "session_id", "nonce"),
    /// Without them a user's log lacks what the user said as a guest.
    GUEST_ALIAS("", "shop_id", "guest_id"),
    /// The last messages of each user, user by user.
    MESSAGE("", "shop_id", "user_id", "id"),
    /// Taken last: of who is erased while a backup is made, the mark is in it.
    ERASURE("", "shop_id", "who");

    private final String recent;
    private final List<String> key;

    /// @param recent the condition that a row is taken, with one parameter of milliseconds; empty for all
    /// @param key the primary key
    RoamingTable(String recent, String... key) {
        this.recent = recent;
        this.key = List.of(key);
    }

    static RoamingTable first() {
        return SHOP;
    }

    /// The table after this one; null after the last.
    @Nullable
    RoamingTable next() {
        return switch (this) {
            case SHOP -> SESSION;
            case SESSION -> SESSION_RATING;
            case SESSION_RATING -> SESSION_CHANGE;
            case SESSION_CHANGE -> SESSION_DRAFT;
            case SESSION_DRAFT -> GUEST_ALIAS;
            case GUEST_ALIAS -> MESSAGE;
            case MESSAGE -> ERASURE;
            case ERASURE -> null;
        };
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    String recent() {
        return recent;
    }

    List<String> key() {
        return key;
    }
}
