package io.xiaoer.ordersync.command;

import io.xiaoer.common.message.Content;

/// How applying a command ended.
public sealed interface CommandResult {
    /// What the shopper whom it concerns is told.
    Content told();

    /// It took effect.
    record Applied(Content told) implements CommandResult {}

    /// A rule of the shop does not allow it.
    ///
    /// @param reason stable, lower snake case
    record Refused(String reason, Content told) implements CommandResult {}
}
