package io.xiaoer.bot.dialog.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The figures of dialogs.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.dialog.turns` | turns that a dialog answered; `flow` is the name of a built-in one, else `own`;
/// `outcome` how the turn was understood, `handed_off` if a person took over |
public final class DialogMeters {

    private final MeterRegistry registry;
    private final Predicate<String> named;

    /// @param named whether a flow is counted by its name
    public DialogMeters(MeterRegistry registry, Predicate<String> named) {
        this.registry = registry;
        this.named = named;
    }

    /// Counts a turn.
    ///
    /// @param outcome null if a person took over
    public void turn(String flow, Turned.@Nullable Outcome outcome) {
        Counter.builder("xiaoer.bot.dialog.turns")
                .description("Turns that a dialog answered")
                .tag("flow", named.test(flow) ? flow : "own")
                .tag("outcome", outcome == null ? "handed_off" : outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
