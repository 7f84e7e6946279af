package io.xiaoer.bot.faq;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/// The figures of the FAQ.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.faq.unreadable` | rows that are left out of the copies since they cannot be read, each once |
/// | `xiaoer.bot.faq.imports` | imports under way here |
/// | `xiaoer.bot.faq.imports.refused` | imports for which there was no room |
@Component
class FaqMeters {

    private final MeterRegistry registry;
    private final Counter unreadable;
    private final Counter refused;

    FaqMeters(MeterRegistry registry) {
        this.registry = registry;
        this.unreadable = Counter.builder("xiaoer.bot.faq.unreadable")
                .description("Rows of the FAQ that cannot be read")
                .register(registry);
        this.refused = Counter.builder("xiaoer.bot.faq.imports.refused")
                .description("Imports that were refused since others were under way")
                .register(registry);
    }

    void unreadable() {
        unreadable.increment();
    }

    void watchImports(IntSupplier underWay) {
        Gauge.builder("xiaoer.bot.faq.imports", underWay, IntSupplier::getAsInt)
                .strongReference(true)
                .description("Imports under way")
                .strongReference(true)
                .register(registry);
    }

    void importRefused() {
        refused.increment();
    }
}
