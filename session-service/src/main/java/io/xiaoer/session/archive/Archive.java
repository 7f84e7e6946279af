package io.xiaoer.session.archive;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import java.util.List;

/// Every message of a user, as MariaDB has it; it lags behind the log by as much as the archiver does.
public interface Archive {

    /// What stands after an id, oldest first; `prev` is the id before each in the archive.
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    List<MessageResource> read(UserKey user, String after, int limit);

    /// The newest that stand before an id, oldest first.
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    List<MessageResource> readBefore(UserKey user, String before, int limit);
}
