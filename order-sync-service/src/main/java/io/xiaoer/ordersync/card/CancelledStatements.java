package io.xiaoer.ordersync.card;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/// Keeps a connection in the pool whose statement the database's server has ended for its time: it is as
/// good as before. The pool would take any time-out for a broken connection. Named in the configuration of
/// the pool.
public final class CancelledStatements implements SQLExceptionOverride {

    /// The state of a statement that was ended.
    private static final String INTERRUPTED = "70100";

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return INTERRUPTED.equals(failure.getSQLState()) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
}
