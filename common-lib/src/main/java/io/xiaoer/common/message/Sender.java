package io.xiaoer.common.message;

import org.jspecify.annotations.Nullable;

/// The author of a message.
///
/// @param role in which part the author speaks
/// @param id the author's id within the role; `bot` and `system` for those two
/// @param name what may be shown, if it is known
public record Sender(Role role, String id, @Nullable String name) {

    /// The bot of every shop.
    public static final Sender BOT = new Sender(Role.BOT, "bot", null);

    /// The suite itself, which writes notices.
    public static final Sender SYSTEM = new Sender(Role.SYSTEM, "system", null);
}
