package io.xiaoer.bot.understand;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.springframework.stereotype.Component;

/// The figures of understanding.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.understand.ready` | 1 while the models are loaded |
/// | `xiaoer.bot.understand.embedding` | time that the vector of a question took to compute |
/// | `xiaoer.bot.understand.questions` | questions by `outcome`: `known` vectors, `computed` ones |
/// | `xiaoer.bot.understand.learning` | time that fitting what a shop says took, of many new texts their vectors too |
/// | `xiaoer.bot.understand.failures` | shops that could not be learnt |
/// | `xiaoer.bot.understand.shops`, `.texts`, `.bytes` | shops that are known, their texts, the memory they take |
/// | `xiaoer.bot.understand.waiting` | shops that wait to be learnt |
@Component
class UnderstandingMeters {

    private final MeterRegistry registry;
    private final Timer embedding;
    private final Timer learning;
    private final Counter failures;
    private final Counter known;
    private final Counter computed;

    UnderstandingMeters(MeterRegistry registry) {
        this.registry = registry;
        this.embedding = Timer.builder("xiaoer.bot.understand.embedding")
                .description("Time to compute the vector of a question")
                .register(registry);
        this.learning = Timer.builder("xiaoer.bot.understand.learning")
                .description("Time to fit what a shop says")
                .register(registry);
        this.failures = Counter.builder("xiaoer.bot.understand.failures")
                .description("Shops that could not be learnt")
                .register(registry);
        this.known = questions("known");
        this.computed = questions("computed");
    }

    private Counter questions(String outcome) {
        return Counter.builder("xiaoer.bot.understand.questions")
                .description("Questions by whether their vector was known")
                .tag("outcome", outcome)
                .register(registry);
    }

    void known() {
        known.increment();
    }

    void computed() {
        computed.increment();
    }

    void embedded(long nanos) {
        embedding.record(Duration.ofNanos(nanos));
    }

    void learnt(Duration took) {
        learning.record(took);
    }

    void failed() {
        failures.increment();
    }

    void watch(
            DoubleSupplier ready,
            DoubleSupplier shops,
            DoubleSupplier texts,
            DoubleSupplier bytes,
            DoubleSupplier waiting) {
        gauge("ready", "Whether the models are loaded", ready);
        gauge("shops", "Shops that are known", shops);
        gauge("texts", "Texts of known shops", texts);
        gauge("bytes", "Memory of known shops", bytes);
        gauge("waiting", "Shops that wait to be learnt", waiting);
    }

    private void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder("xiaoer.bot.understand." + name, value, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
