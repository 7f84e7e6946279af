package io.xiaoer.session.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// What is measured of backups. Every node knows the age of the last good one, whoever made it.
@Component
class BackupMeters {

    private final MeterRegistry registry;
    private final Duration tooOld;
    private final Clock clock;
    private final boolean on;
    private volatile Instant lastGood;

    BackupMeters(MeterRegistry registry, BackupSettings settings, Clock clock) {
        this.registry = registry;
        this.tooOld = settings.alarmAfter();
        this.clock = clock;
        this.on = settings.isOn();
        // Of a suite that has none yet, the age counts from its start.
        this.lastGood = clock.instant();
        Gauge.builder(
                        "xiaoer.backup.age",
                        this,
                        meters -> meters.on ? meters.age().toSeconds() : Double.NaN)
                .description("Age of the last complete backup, in seconds")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("xiaoer.backup.overdue", this, meters -> meters.isOverdue() ? 1 : 0)
                .description("1 if the last complete backup is too old")
                .register(registry);
    }

    void lastGood(Instant startedAt) {
        lastGood = startedAt;
    }

    boolean isOverdue() {
        return on && age().compareTo(tooOld) > 0;
    }

    /// @param outcome how a run ended
    void ran(Outcome outcome, Duration time) {
        Timer.builder("xiaoer.backup.run")
                .description("Runs of backups and the time that they took")
                .tag("outcome", outcome.label)
                .register(registry)
                .record(time);
    }

    private Duration age() {
        return Duration.between(lastGood, clock.instant());
    }

    /// How a run can end.
    enum Outcome {
        DONE("done"),
        FAILED("failed");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }
    }
}
