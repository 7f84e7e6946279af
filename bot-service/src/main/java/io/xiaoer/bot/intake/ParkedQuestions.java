package io.xiaoer.bot.intake;

import io.xiaoer.common.event.DeadLetters;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.stereotype.Component;

/// Parks the records of questions that cannot be processed in `bot.query-dlt`, and does not let go before they are
/// there.
@Component
class ParkedQuestions {

    private static final Logger LOGGER = LoggerFactory.getLogger(ParkedQuestions.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ConsumerRecordRecoverer deadLetters;
    private final Patience patience;

    ParkedQuestions(DeadLetters deadLetters, Patience patience) {
        this.patience = patience;
        this.deadLetters = deadLetters.recoverer();
    }

    /// Parks a record.
    ///
    /// @throws InterruptedException at a stop; the record must come again then
    void park(ConsumerRecord<String, byte[]> record, Exception reason) throws InterruptedException {
        while (true) {
            try {
                deadLetters.accept(record, reason);
                return;
            } catch (RuntimeException e) {
                LOGGER.atWarn().addKeyValue("waits_for", "kafka").setCause(e).log("A dead letter waits to be written");
                patience.pause(PAUSE);
            }
        }
    }
}
