package io.xiaoer.bot.functions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// The figures of what dialogs have done.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.commands{kind,outcome}` | commands that dialogs sent: `applied`, `pending`, `refused`, `not_found`,
/// `unavailable` |
/// | `xiaoer.bot.reads.repeated` | times that a read of order-sync-service waited to be made again |
@Component
class CommandMeters {

    private final MeterRegistry registry;
    private final Counter repeated;

    CommandMeters(MeterRegistry registry) {
        this.registry = registry;
        this.repeated = Counter.builder("xiaoer.bot.reads.repeated")
                .description("Times that a read of order-sync-service waited to be made again")
                .register(registry);
    }

    void repeated() {
        repeated.increment();
    }

    void ended(OrderCommands.Kind kind, String outcome) {
        registry.counter("xiaoer.bot.commands", "kind", kind.name().toLowerCase(Locale.ROOT), "outcome", outcome)
                .increment();
    }
}
