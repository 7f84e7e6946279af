package io.xiaoer.bot.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.xiaoer.bot.decide.Source;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/// The figures of the intake.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.questions{outcome,source}` | questions that got their outcome: `stored`, `already_stored`, `fenced`,
/// `erased`, `handed_off`, `parked`; there from the start, so that the first is an increase too |
/// | `xiaoer.bot.answer` | from the taking of a question to its answer |
/// | `xiaoer.bot.under.way`, `xiaoer.bot.lanes` | questions, and users with questions, under way here |
/// | `xiaoer.bot.full` | 1 while nothing more is fetched |
@Component
class IntakeMeters {

    private static final String QUESTIONS = "xiaoer.bot.questions";
    private static final String HANDED_OFF = "handed_off";
    private static final String PARKED = "parked";

    private final MeterRegistry registry;
    private final Timer elapsed;

    IntakeMeters(MeterRegistry registry) {
        this.registry = registry;
        this.elapsed = Timer.builder("xiaoer.bot.answer")
                .description("From the taking of a question to its answer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
        for (var outcome : Delivery.Outcome.values()) {
            for (var source : Source.values()) {
                counter(label(outcome), source.label());
            }
        }
        counter(HANDED_OFF, Source.HANDOFF.label());
        counter(PARKED, Source.NONE.label());
    }

    void answered(Delivery.Outcome outcome, Source source, Duration took) {
        elapsed.record(took);
        counter(label(outcome), source.label()).increment();
    }

    void handedOff(Duration took) {
        elapsed.record(took);
        counter(HANDED_OFF, Source.HANDOFF.label()).increment();
    }

    void parked() {
        counter(PARKED, Source.NONE.label()).increment();
    }

    void watch(IntSupplier underWay, IntSupplier lanes, IntSupplier full) {
        gauge("xiaoer.bot.under.way", "Questions under way", underWay);
        gauge("xiaoer.bot.lanes", "Users with questions under way", lanes);
        gauge("xiaoer.bot.full", "1 while nothing more is fetched", full);
    }

    private void gauge(String name, String description, IntSupplier value) {
        Gauge.builder(name, value, IntSupplier::getAsInt)
                .strongReference(true)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private static String label(Delivery.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private Counter counter(String outcome, String source) {
        return Counter.builder(QUESTIONS)
                .description("Questions by what became of them")
                .tag("outcome", outcome)
                .tag("source", source)
                .register(registry);
    }
}
