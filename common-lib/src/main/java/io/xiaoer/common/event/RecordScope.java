package io.xiaoer.common.event;

import io.xiaoer.common.request.RequestIds;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The other end of what [EventWriter] and the outbox carry along: a consumer works under the ids of the call that led
/// to its record.
public final class RecordScope {

    private RecordScope() {}

    /// Goes on with the ids of a record on this thread until the scope is closed.
    public static RequestIds.Scope of(ConsumerRecord<?, ?> record) {
        return RequestIds.continueFrom(
                text(record, RequestIds.KAFKA_REQUEST_ID), text(record, RequestIds.KAFKA_TRACEPARENT));
    }

    private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
