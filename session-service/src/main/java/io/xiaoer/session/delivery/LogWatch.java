package io.xiaoer.session.delivery;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import java.util.function.Consumer;

/// Waits for what comes into a user's log without asking Redis again: whoever watches stands in the user's presence
/// with this node, so the append itself publishes to here.
public interface LogWatch {

    /// Starts to watch. Watch first, read the log after it: between the two nothing is missed.
    ///
    /// The listener gets every message above [Watch#last()] in ascending order, each once, on a thread that
    /// must not wait. If Redis does not know the user yet, the watch begins at `0` and is entered when the log
    /// is filled.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer; nothing is watched then
    ///
    /// @param gone called when the log is no more, because it became part of another user's or was erased; on a
    ///     thread that must not wait, and maybe before this returns
    Watch watch(UserKey user, Consumer<MessageResource> listener, Runnable gone);

    /// One watch, until it is closed.
    interface Watch extends AutoCloseable {

        /// The newest id of the log at the moment the watch began.
        String last();

        /// Ends it; repeating is harmless. A listener that runs just then may still be called once.
        @Override
        void close();
    }
}
