package io.xiaoer.ordersync.command;

import io.xiaoer.common.event.Unprocessable;

/// Applies the commands of one kind.
public interface CommandHandler {
    /// The kind, as it stands in the command.
    String kind();

    /// Does what the command says, inside the transaction that also changes its status. The tenant is bound.
    ///
    /// What a shop's rules do not allow is a [CommandResult.Refused]; nothing may have been changed then.
    ///
    /// @throws Unprocessable if the command cannot be processed as it is
    CommandResult apply(Asked asked);
}
