package io.xiaoer.common.outbox;

import java.time.Duration;

/// Where the relay hands records to; Kafka in a service.
interface RecordSender extends AutoCloseable {
    /// Returns once the record is acknowledged by all in-sync replicas, throws otherwise.
    void send(OutboxRecord row, Duration patience) throws Exception;

    @Override
    default void close() {}
}
