package io.xiaoer.common.outbox;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The right of one process of a schema to do a kind of work, for a while: a row of `outbox_lease`, by the database's
/// clock. The outbox relay has the row `relay`; other work adds a row of its own by a migration.
///
/// Not guaranteed: that a holder who was frozen for longer than the lease knows that another works by now. What is done
/// under a lease must bear being done twice.
public final class Lease {
    private final JdbcClient jdbc;
    private final String name;

    /// @param name of a row that exists
    public Lease(JdbcClient jdbc, String name) {
        this.jdbc = jdbc;
        this.name = name;
    }

    /// Takes the lease, or renews it, for `holder`; false if another holds it.
    public boolean hold(String holder, Duration length) {
        return jdbc.sql("UPDATE outbox_lease SET holder = :holder,"
                                + " until_at = UTC_TIMESTAMP(6) + INTERVAL :seconds SECOND"
                                + " WHERE name = :name AND (holder = :holder OR until_at < UTC_TIMESTAMP(6))")
                        .param("holder", holder)
                        .param("seconds", length.toSeconds())
                        .param("name", name)
                        .update()
                == 1;
    }

    /// Gives it back, if `holder` still has it.
    public void release(String holder) {
        jdbc.sql("UPDATE outbox_lease SET until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
                        + " WHERE name = ? AND holder = ?")
                .params(name, holder)
                .update();
    }
}
