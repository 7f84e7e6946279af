package io.xiaoer.session.archive;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.OpenSession;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sessions as MariaDB has them, for filling Redis again.
public interface SessionsOnFile {

    /// The user's open session; what its holder owes is left as if nothing had been said in it.
    ///
    /// @param said when the newest message was said, null if there is none
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    Optional<OpenSession> open(UserKey user, @Nullable Instant said);

    /// Whether the user has an open session, or had one until a minute ago: then something may have been said that is
    /// not durable yet.
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    boolean talksLately(UserKey user);
}
