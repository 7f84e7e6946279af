package io.xiaoer.bot.functions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.dialog.function.CallFailed;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// The figures of what dialogs have done, there from the start.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.commands{kind,outcome}` | commands that dialogs sent: `applied`, `pending`, `refused`, `not_found`,
/// `unavailable` |
/// | `xiaoer.bot.reads.repeated` | times that a read of order-sync-service waited to be made again |
@Component
class CommandMeters {

    private static final String APPLIED = "applied";
    private static final String PENDING = "pending";

    private final MeterRegistry registry;
    private final Counter repeated;

    CommandMeters(MeterRegistry registry) {
        this.registry = registry;
        this.repeated = Counter.builder("xiaoer.bot.reads.repeated")
                .description("Times that a read of order-sync-service waited to be made again")
                .register(registry);
        for (var kind : OrderCommands.Kind.values()) {
            count(kind, APPLIED);
            count(kind, PENDING);
            for (var reason : CallFailed.Reason.values()) {
                count(kind, label(reason));
            }
        }
    }

    void repeated() {
        repeated.increment();
    }

    void sent(OrderCommands.Kind kind, boolean pending) {
        count(kind, pending ? PENDING : APPLIED).increment();
    }

    void failed(OrderCommands.Kind kind, CallFailed.Reason reason) {
        count(kind, label(reason)).increment();
    }

    private Counter count(OrderCommands.Kind kind, String outcome) {
        return registry.counter(
                "xiaoer.bot.commands", "kind", kind.name().toLowerCase(Locale.ROOT), "outcome", outcome);
    }

    private static String label(CallFailed.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
