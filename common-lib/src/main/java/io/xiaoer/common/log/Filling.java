package io.xiaoer.common.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cold log is filled with.
///
/// @param coldness what [ConversationLog#coldness] said before anything of this was read
/// @param before the id that stands before the first of the entries in the archive, `0` if none does
/// @param entries at most [LogLimits#kept()], oldest first
/// @param session the open one, null if there is none
/// @param epoch changes when the log becomes another: who follows it begins anew
/// @param erased up to which id all was erased on demand, null if nothing was
public record Filling(
        String coldness,
        String before,
        List<LogEntry> entries,
        @Nullable OpenSession session,
        String epoch,
        @Nullable String erased) {

    /// The fields of the session's hash, names and values in turn.
    List<String> fields() {
        var fields = new ArrayList<String>();
        Collections.addAll(fields, "sid", session == null ? "none" : session.id(), "epoch", epoch);
        if (erased != null) {
            Collections.addAll(fields, "erased", erased);
        }
        if (session != null) {
            Collections.addAll(fields, "last", session.turn(), "owner", session.owner());
            Collections.addAll(fields, "number", Long.toString(session.number()));
            Collections.addAll(fields, session.fields());
            if (session.unanswered() != null) {
                Collections.addAll(
                        fields, "unanswered", Long.toString(session.unanswered().toEpochMilli()));
            }
        }
        return fields;
    }
}
