package io.xiaoer.session.archive;

import org.apache.kafka.common.TopicPartition;

/// Where the archiver begins in a partition that it was just given.
final class StartingPoint {

    private final ArchiveTables tables;

    StartingPoint(ArchiveTables tables) {
        this.tables = tables;
    }

    /// @param first the first offset that the topic still has
    /// @param end the offset behind its last record
    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    long of(TopicPartition partition, long first, long end) {
        var followed = tables.next(partition);
        if (followed.isEmpty()) {
            return first;
        }
        if (followed.getAsLong() > end) {
            // The topic begins anew: what was followed is another history.
            tables.rewind(partition, first);
            return first;
        }
        return Math.max(first, followed.getAsLong());
    }
}
