package io.xiaoer.session.archive;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.SnowflakeIds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.stereotype.Component;

/// Follows `cs.message` into MariaDB, batch by batch.
///
/// A batch is one transaction; while MariaDB is away the same batch is tried again for as long as it takes. A record
/// that can never be stored goes to the dead letters, and the batch goes on without it.
@Component
class Archiver {

    private static final Logger LOGGER = LoggerFactory.getLogger(Archiver.class);

    private final ArchiveTables tables;
    private final ConsumerRecordRecoverer deadLetters;
    private final ArchiveMeters meters;
    private final Clock clock;

    Archiver(ArchiveTables tables, ConsumerRecordRecoverer deadLetters, ArchiveMeters meters, Clock clock) {
        this.tables = tables;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
    }

    @KafkaListener(
            id = "archive",
            idIsGroup = false,
            topics = Topic.Names.CS_MESSAGE,
            containerFactory = ArchiveConfiguration.LISTENERS)
    void follow(List<ConsumerRecord<String, byte[]>> records) {
        var next = new HashMap<TopicPartition, Long>();
        var parsed = new ArrayList<Parsed>(records.size());
        for (var record : records) {
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            parse(record, parsed);
        }
        store(parsed, next);
        if (!parsed.isEmpty()) {
            var oldest =
                    SnowflakeIds.timeOf(Long.toString(parsed.getFirst().row().id()));
            meters.archived(parsed.size(), Duration.between(oldest, clock.instant()));
        }
    }

    private void parse(ConsumerRecord<String, byte[]> record, List<Parsed> into) {
        try {
            var event = EventJson.decode(record.value(), MessageStored.class);
            into.add(new Parsed(record, ArchivedMessage.of(event)));
        } catch (EventJson.Unreadable | Unprocessable poison) {
            park(record, poison);
        }
    }

    private void store(List<Parsed> parsed, Map<TopicPartition, Long> next) {
        try {
            tables.store(parsed.stream().map(Parsed::row).toList(), next);
        } catch (DataIntegrityViolationException oneIsBad) {
            storeSingly(parsed);
            tables.store(List.of(), next);
        }
    }

    private void storeSingly(List<Parsed> parsed) {
        for (Parsed each : parsed) {
            try {
                tables.store(List.of(each.row()), Map.of());
            } catch (DataIntegrityViolationException bad) {
                park(each.record(), new Unprocessable("refused_by_archive", "the archive refuses the row", bad));
            }
        }
    }

    private void park(ConsumerRecord<String, byte[]> record, RuntimeException reason) {
        deadLetters.accept(record, reason);
        meters.parked();
        LOGGER.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason.getClass().getSimpleName())
                .log("A record was parked, the archive goes on");
    }

    private record Parsed(ConsumerRecord<String, byte[]> record, ArchivedMessage row) {}
}
