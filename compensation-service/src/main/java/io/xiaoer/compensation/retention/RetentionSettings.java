package io.xiaoer.compensation.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long finished tasks are kept, `xiaoer.compensation.retention.*`.
///
/// @param finished how long after its end a task goes; longer than Kafka keeps its dead letter, which would otherwise
///     become a task once more if the topic had to be read again
/// @param batch the most tasks deleted in one transaction
/// @param batches the most transactions of one pass, of which there is one a minute
@ConfigurationProperties("xiaoer.compensation.retention")
record RetentionSettings(
        @DefaultValue("40d") Duration finished,
        @DefaultValue("200") int batch,
        @DefaultValue("50") int batches) {

    /// The retention of dead-letter topics, and the week after which Kafka closes a segment and can begin to count.
    static final Duration LEAST = Duration.ofDays(30 + 7);

    RetentionSettings {
        require(finished.compareTo(LEAST) >= 0, "finished", finished, "at least " + LEAST.toDays() + "d");
        require(batch >= 1 && batch <= 1000, "batch", batch, "1 to 1000");
        require(batches >= 1 && batches <= 1000, "batches", batches, "1 to 1000");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "xiaoer.compensation.retention." + field + " = " + value + ": must be " + rule);
        }
    }
}
