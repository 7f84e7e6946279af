package io.xiaoer.session.archive;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import java.util.List;

/// The log of a user as clients read it: the stream, and from the archive what the stream no longer holds. Warms a cold
/// user first.
public interface History {

    /// What stands after an id.
    ///
    /// @param after an id or `0`
    /// @param limit at most [io.xiaoer.common.log.ConversationLog#MAX_READ]
    /// @throws Unavailable if Redis is away or the user could not be warmed
    Page after(UserKey user, String after, int limit) throws Unavailable;

    /// The newest messages before an id.
    ///
    /// @throws Unavailable if the archive is away
    Page before(UserKey user, String before, int limit) throws Unavailable;

    /// A piece of a log.
    ///
    /// @param last the newest id of the whole log
    /// @param complete whether nothing is missing between the id asked for and the first message, and in between;
    ///     false if the archive could not be read
    /// @param messages oldest first, `prev` as read
    record Page(String last, boolean complete, List<MessageResource> messages) {}
}
