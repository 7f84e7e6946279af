package io.xiaoer.compensation.audit;

import io.xiaoer.common.id.SnowflakeIds;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Writes and shows the history of tasks.
@Component
public class Audit {
    /// The actor of what happens without a person.
    public static final String SYSTEM = "compensation-service";

    private static final Logger LOGGER = LoggerFactory.getLogger(Audit.class);
    private static final int SHOWN = 50;
    private static final int MAX_DETAIL = 500;
    private static final int MAX_ACTOR = 255;

    private final AuditMapper entries;
    private final SnowflakeIds ids;
    private final Clock clock;

    Audit(AuditMapper entries, SnowflakeIds ids, Clock clock) {
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    /// Notes a deed, in the caller's transaction.
    public void note(String task, String actor, Deed deed, String detail) {
        entries.insert(ids.next(), task, cut(actor, MAX_ACTOR), deed.code(), cut(detail, MAX_DETAIL), clock.instant());
        LOGGER.atInfo()
                .addKeyValue("task", task)
                .addKeyValue("actor", actor)
                .addKeyValue("action", deed.code())
                .log("A compensation task was acted on");
    }

    /// The newest entries of a task.
    public List<AuditEntry> of(String task) {
        return entries.of(task, SHOWN);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
