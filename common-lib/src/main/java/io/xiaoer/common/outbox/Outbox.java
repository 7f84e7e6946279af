package io.xiaoer.common.outbox;

import io.xiaoer.common.event.HeaderText;
import io.xiaoer.common.request.RequestIds;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Takes records that must reach Kafka if, and only if, the caller's transaction commits.
///
/// Outside a transaction a record is committed at once. The relay is woken right after the commit. The request id and
/// the trace of the work under way travel along unless the caller names them.
public final class Outbox {
    /// What a broker with default settings takes, with room for headers; larger would block its key for ever.
    static final int MAX_PAYLOAD = 900 * 1024;

    /// The tag of a user whose id is written in percent-encoded characters alone has up to 803 of them.
    static final int MAX_KEY = 1024;

    private final OutboxTable table;
    private final Runnable wake;

    Outbox(OutboxTable table, Runnable wake) {
        this.table = table;
        this.wake = wake;
    }

    /// Adds a JSON text; see [#add(String, String, byte[], Map)].
    public void add(String topic, String key, String payload, Map<String, String> headers) {
        add(topic, key, payload.getBytes(StandardCharsets.UTF_8), headers);
    }

    /// Adds a record to the caller's transaction.
    ///
    /// Order is kept among records of one key whose transactions do not overlap; callers that need more
    /// lock what the key stands for first.
    public void add(String topic, String key, byte[] payload, Map<String, String> headers) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload: at most " + MAX_PAYLOAD + " bytes, was " + payload.length);
        }
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new IllegalArgumentException("key: 1 to " + MAX_KEY + " characters, was " + key.length());
        }
        table.insert(topic, key, payload, withContext(headers));
        wakeAfterCommit();
    }

    /// Adds a record as it would be sent; its partition and time are left to Kafka.
    public void add(ProducerRecord<String, byte[]> message) {
        var headers = new HashMap<String, String>();
        for (var header : message.headers()) {
            headers.put(header.key(), HeaderText.of(header.value()));
        }
        add(message.topic(), message.key(), message.value(), headers);
    }

    /// The records of a topic and key that Kafka has not acknowledged, newest first, at most `limit`.
    public List<OutboxRecord> unsent(String topic, String key, int limit) {
        return table.unsent(topic, key, limit);
    }

    private void wakeAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake.run();
            }
        });
    }

    private static Map<String, String> withContext(Map<String, String> headers) {
        var all = new HashMap<>(headers);
        RequestIds.headers().forEach(all::putIfAbsent);
        return all;
    }
}
