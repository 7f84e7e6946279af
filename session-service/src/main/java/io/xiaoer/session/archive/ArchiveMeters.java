package io.xiaoer.session.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// The figures of the archive.
@Component
class ArchiveMeters {

    private final Counter archived;
    private final Counter parked;
    private final Timer lag;
    private final Counter filled;
    private final Counter unfilled;

    ArchiveMeters(MeterRegistry registry) {
        this.archived = Counter.builder("xiaoer.archive.messages")
                .description("Messages written to the archive")
                .register(registry);
        this.parked = Counter.builder("xiaoer.archive.parked")
                .description("Records that cannot be archived, sent to the dead letters")
                .register(registry);
        this.lag = Timer.builder("xiaoer.archive.lag")
                .description("From the making of a batch's first message to its archiving")
                .register(registry);
        this.filled = warmed(registry, "filled");
        this.unfilled = warmed(registry, "unavailable");
    }

    void archived(int messages, Duration age) {
        archived.increment(messages);
        lag.record(age.isNegative() ? Duration.ZERO : age);
    }

    void parked() {
        parked.increment();
    }

    void warmed(boolean inTime) {
        (inTime ? filled : unfilled).increment();
    }

    private static Counter warmed(MeterRegistry registry, String outcome) {
        return Counter.builder("xiaoer.warm")
                .description("Cold users whose log had to be filled again")
                .tag("outcome", outcome)
                .register(registry);
    }
}
