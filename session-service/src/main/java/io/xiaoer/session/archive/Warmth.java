package io.xiaoer.session.archive;

import io.xiaoer.common.id.UserKey;

/// Fills the log of a user whom Redis does not know, see [io.xiaoer.common.log.ConversationLog].
public interface Warmth {

    /// Makes sure that Redis knows the user. Blocks up to 2.5 s when it does not, and costs one round trip when it
    /// does. Calls for one user at one time share the work.
    ///
    /// @throws Unavailable if the archive has not caught up in time, or Redis, Kafka or MariaDB is away
    void warm(UserKey user) throws Unavailable;

    /// Goes once where a filling goes, so that no shopper waits for connections that are still to be made.
    ///
    /// @throws Unavailable if Kafka or MariaDB does not answer yet
    void reach() throws Unavailable;
}
