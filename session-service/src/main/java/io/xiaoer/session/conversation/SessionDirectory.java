package io.xiaoer.session.conversation;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.util.Optional;

/// Whose session it is.
public interface SessionDirectory {

    /// The shopper of a session, open or closed; empty if the shop has no such session. Asks Redis, then the row.
    ///
    /// @throws org.springframework.dao.DataAccessException if neither can tell
    Optional<UserKey> userOf(ShopId shop, String sessionId);

    /// Whether the session is this user's, open or closed. Asks the row where Redis says no.
    ///
    /// @throws org.springframework.dao.DataAccessException if neither can tell
    boolean isOf(UserKey user, String sessionId);

    /// Whether this agent ever held the session, open or closed. Asks the rows: Redis forgets it with the session.
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    boolean wasHeld(UserKey agent, String sessionId);
}
