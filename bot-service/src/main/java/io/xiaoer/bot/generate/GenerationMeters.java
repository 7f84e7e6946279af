package io.xiaoer.bot.generate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/// The figures of generation.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.generation{outcome}` | questions by what the model made of them: `answered`, `no_grounds`, `full`,
/// `spent`, `overtaken` when a person took the session meanwhile, or the label of a [ModelFailure.Reason] |
/// | `xiaoer.bot.generation.first` | from the question to the first piece of an answer |
/// | `xiaoer.bot.generation.tokens` | tokens paid for |
/// | `xiaoer.bot.generation.calls{outcome}` | functions called: `done`, `failed`, `refused` for one that was not
/// offered |
/// | `xiaoer.bot.generation.choices{outcome}` | messages within a dialog that the model was asked to sort: `chosen`,
/// `none`, `unknown` for what was not offered, `no_time`, `full`, `spent`, `circuit_open`, or the label of a
/// [ModelFailure.Reason] |
/// | `xiaoer.bot.generation.under.way` | answers being written here |
final class GenerationMeters {

    private final MeterRegistry registry;
    private final Timer first;
    private final Counter tokens;

    GenerationMeters(MeterRegistry registry) {
        this.registry = registry;
        this.first = Timer.builder("xiaoer.bot.generation.first")
                .description("From the question to the first piece of an answer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(50))
                .maximumExpectedValue(Duration.ofSeconds(20))
                .register(registry);
        this.tokens = Counter.builder("xiaoer.bot.generation.tokens")
                .description("Tokens paid for")
                .register(registry);
        // There from the start, so that the first failure is an increase.
        for (var reason : ModelFailure.Reason.values()) {
            questions(reason.label());
        }
    }

    void underWay(IntSupplier count) {
        Gauge.builder("xiaoer.bot.generation.under.way", count, IntSupplier::getAsInt)
                .strongReference(true)
                .description("Answers being written")
                .register(registry);
    }

    void outcome(String outcome) {
        questions(outcome).increment();
    }

    private Counter questions(String outcome) {
        return Counter.builder("xiaoer.bot.generation")
                .description("Questions by what the model made of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void first(Duration took) {
        first.record(took);
    }

    void paid(long count) {
        tokens.increment(count);
    }

    void called(String outcome) {
        Counter.builder("xiaoer.bot.generation.calls")
                .description("Functions that a model called")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    void chosen(String outcome) {
        Counter.builder("xiaoer.bot.generation.choices")
                .description("Messages within a dialog that a model was asked to sort")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
