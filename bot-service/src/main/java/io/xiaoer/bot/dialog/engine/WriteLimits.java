package io.xiaoer.bot.dialog.engine;

import io.xiaoer.common.id.UserKey;

/// Counts the writes of shoppers.
@FunctionalInterface
public interface WriteLimits {

    /// Takes a write under its key into today's count; the same key is counted once.
    ///
    /// @return whether it may be done
    boolean admit(UserKey user, String function, String key, int most);
}
