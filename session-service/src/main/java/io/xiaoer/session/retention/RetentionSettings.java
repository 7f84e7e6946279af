package io.xiaoer.session.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long the archive keeps what it has, `xiaoer.archive.*`.
///
/// @param retention how long after it was said a message goes; longer than Kafka and Redis keep theirs, or they would
///     bring back what went
/// @param batch the most rows deleted in one transaction
/// @param batches the most transactions of one pass, of which there is one a minute
@ConfigurationProperties("xiaoer.archive")
record RetentionSettings(
        @DefaultValue("180d") Duration retention,
        @DefaultValue("1000") int batch,
        @DefaultValue("50") int batches) {

    RetentionSettings {
        require(retention.compareTo(Duration.ofDays(8)) >= 0, "retention", retention, "at least 8d");
        require(batch >= 1 && batch <= 10_000, "batch", batch, "1 to 10000");
        require(batches >= 1 && batches <= 1000, "batches", batches, "1 to 1000");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.archive." + field + " = " + value + ": must be " + rule);
        }
    }
}
