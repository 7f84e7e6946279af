package io.xiaoer.session.conversation;

import io.xiaoer.session.archive.Unavailable;

/// Hears of every change of owner when row and Redis show it. A crash makes it hear of one again.
public interface OwnershipObserver {

    /// @throws Unavailable if it must hear of it again
    void changed(SessionRow row) throws Unavailable;
}
