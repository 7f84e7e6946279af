package io.xiaoer.bot.functions;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// The figures of what dialogs have done.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.commands{kind,outcome}` | commands that dialogs sent: `applied`, `pending`, `refused`, `not_found`,
/// `unavailable` |
@Component
class CommandMeters {

    private final MeterRegistry registry;

    CommandMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(OrderCommands.Kind kind, String outcome) {
        registry.counter("xiaoer.bot.commands", "kind", kind.name().toLowerCase(Locale.ROOT), "outcome", outcome)
                .increment();
    }
}
