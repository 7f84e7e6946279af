package io.xiaoer.common.event;

import io.xiaoer.common.request.RequestIds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/// Makes Kafka records with CloudEvents headers, and carries request id and trace of the work under way along.
public final class EventWriter {

    private final String source;
    private final Clock clock;

    /// @param source the service that speaks, `session-service` for example
    public EventWriter(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// A record that is ready to be sent.
    ///
    /// @param key what orders it: the user's tag or the aggregate's id
    /// @param id of the event, the same at every repetition
    /// @param event a typed record
    public ProducerRecord<String, byte[]> record(Topic topic, String key, String id, Object event) {
        var record = new ProducerRecord<>(topic.topic(), key, EventJson.encode(event));
        Headers headers = record.headers();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id);
        add(headers, "ce_type", "io.xiaoer." + event.getClass().getSimpleName());
        add(headers, "ce_source", source);
        add(headers, "ce_time", clock.instant().toString());
        add(headers, "content-type", "application/json");
        RequestIds.headers().forEach((name, value) -> add(headers, name, value));
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
