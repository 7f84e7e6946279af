package io.xiaoer.session.handoff;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.conversation.SessionStore;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The sessions that an agent holds, as the rows say.
@Component
public class HeldSessions {

    private final HandOffTables tables;
    private final SessionStore store;

    HeldSessions(HandOffTables tables, SessionStore store) {
        this.tables = tables;
        this.store = store;
    }

    /// At most [HandOffTables#MOST_HELD].
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    public List<SessionRow> of(UserKey agent) {
        return tables.heldBy(agent);
    }

    /// Any session of a shop.
    ///
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    public Optional<SessionRow> find(ShopId shop, String sid) {
        return SnowflakeIds.isId(sid) ? store.find(shop, sid) : Optional.empty();
    }
}
