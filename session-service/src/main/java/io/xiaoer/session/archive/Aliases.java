package io.xiaoer.session.archive;

import io.xiaoer.common.id.UserKey;
import java.util.List;
import java.util.Optional;

/// Which guests became which users.
///
/// All of it throws `org.springframework.dao.DataAccessException` if MariaDB does not answer.
public interface Aliases {

    /// The guests whose logs are a part of this user's; none for who is no user.
    List<Guest> guestsOf(UserKey user);

    /// The user whom a guest became; empty for who is no guest or still is one.
    Optional<Bound> userOf(UserKey guest);

    /// @param settled whether all of the guest's log stands in the user's
    record Guest(UserKey key, boolean settled) {}

    /// @param settled whether all of the guest's log stands in the user's
    record Bound(UserKey user, boolean settled) {}
}
