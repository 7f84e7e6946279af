package io.xiaoer.common.outbox;

import java.util.Map;

/// One row of the outbox as it goes to Kafka.
///
/// @param id grows in the order of insertion, not of commit
/// @param payload the record's value, byte for byte
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are handed through as they are
public record OutboxRecord(long id, String topic, String key, byte[] payload, Map<String, String> headers) {}
