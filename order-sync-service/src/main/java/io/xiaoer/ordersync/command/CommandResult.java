package io.xiaoer.ordersync.command;

import io.xiaoer.common.message.Content;
import org.jspecify.annotations.Nullable;

/// How applying a command ended.
public sealed interface CommandResult {
    /// Who is told and what; null for what concerns no shopper.
    @Nullable
    Told told();

    /// What a shopper's devices are told.
    record Told(String userId, Content content) {}

    /// It took effect.
    record Applied(@Nullable Told told) implements CommandResult {}

    /// A rule of the shop does not allow it.
    ///
    /// @param reason stable, lower snake case
    record Refused(String reason, @Nullable Told told) implements CommandResult {}
}
