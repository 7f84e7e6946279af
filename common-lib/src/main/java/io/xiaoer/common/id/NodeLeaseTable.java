package io.xiaoer.common.id;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table `node_lease` of one schema (`db/template/node_lease.sql`): one row for each node number of the service.
///
/// | column | meaning |
/// |---|---|
/// | `node` | 0 to 255, counted from the service's first |
/// | `holder`, `until_at` | who holds it until when, by the database's clock |
/// | `used_until` | ms: no id of this number lies above it, whoever made it and whatever their clock said |
final class NodeLeaseTable {

    private final JdbcClient jdbc;

    NodeLeaseTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A number that nobody holds.
    record Free(int node, long usedUntil) {}

    /// Those that were used least lately first.
    List<Free> free(int limit) {
        return jdbc.sql("SELECT node, used_until FROM node_lease WHERE until_at < UTC_TIMESTAMP(6)"
                        + " ORDER BY used_until, node LIMIT ?")
                .param(limit)
                .query((row, number) -> new Free(row.getInt("node"), row.getLong("used_until")))
                .list();
    }

    /// @return false if somebody was faster
    boolean take(Free free, String holder, Duration length, long usedUntil) {
        return jdbc.sql("UPDATE node_lease SET holder = :holder, used_until = :used,"
                                + " until_at = UTC_TIMESTAMP(6) + INTERVAL :seconds SECOND"
                                + " WHERE node = :node AND used_until = :before AND until_at < UTC_TIMESTAMP(6)")
                        .param("holder", holder)
                        .param("used", usedUntil)
                        .param("seconds", length.toSeconds())
                        .param("node", free.node())
                        .param("before", free.usedUntil())
                        .update()
                == 1;
    }

    /// @return false if another holds it
    boolean renew(int node, String holder, Duration length, long usedUntil) {
        return jdbc.sql("UPDATE node_lease SET used_until = GREATEST(used_until, :used),"
                                + " until_at = UTC_TIMESTAMP(6) + INTERVAL :seconds SECOND"
                                + " WHERE node = :node AND holder = :holder")
                        .param("used", usedUntil)
                        .param("seconds", length.toSeconds())
                        .param("node", node)
                        .param("holder", holder)
                        .update()
                == 1;
    }

    /// Gives it back; the holder makes no ids of it any more.
    ///
    /// @param usedUntil the time of the holder's newest id
    void release(int node, String holder, long usedUntil) {
        jdbc.sql("UPDATE node_lease SET holder = '', used_until = :used,"
                        + " until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE node = :node AND holder = :holder")
                .param("used", usedUntil)
                .param("node", node)
                .param("holder", holder)
                .update();
    }
}
