package io.xiaoer.session.archive;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.OpenSession;
import java.time.Instant;
import java.util.Optional;

/// The sessions as MariaDB has them, for filling Redis again.
public interface SessionsOnFile {

    /// The user's open session; its end and what its holder owes are left as if nothing had been
    /// said in it.
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    Optional<OpenSession> open(UserKey user);

    /// Whether the user has an open session, or had one until a minute ago: then something may have been said that is
    /// not durable yet.
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    boolean talksLately(UserKey user);

    /// The end of a session whose newest message was said at that moment.
    Instant endAfter(Instant newest);
}
