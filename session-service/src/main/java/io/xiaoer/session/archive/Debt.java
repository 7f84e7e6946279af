package io.xiaoer.session.archive;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Since when the holder of a session owes an answer, as the log tells it: from the moment of taking the session until
/// the holder speaks, then from the shopper's next word on. As the append keeps it (`unanswered` in `cs:session:{u}`).
final class Debt {

    private Debt() {}

    /// @param session `unanswered` is the moment at which the holder took it, null if nobody holds it
    /// @param entries of the user's log, oldest first
    static @Nullable Instant of(OpenSession session, List<LogEntry> entries) {
        var taken = session.unanswered();
        if (taken == null) {
            return null;
        }
        var since = taken;
        String first = SnowflakeIds.atTime(taken.minus(SnowflakeIds.CLOCKS_DIFFER));
        for (LogEntry entry : entries) {
            if (SnowflakeIds.compare(entry.id(), first) < 0) {
                continue;
            }
            var message = Message.of(entry.id(), entry.body());
            if (!session.id().equals(message.sessionId())) {
                continue;
            }
            if (message.from().role() == Role.AGENT && message.from().id().equals(session.holder())) {
                since = null;
            } else if (message.from().role() == Role.USER && since == null) {
                since = SnowflakeIds.timeOf(entry.id());
            }
        }
        return since;
    }
}
