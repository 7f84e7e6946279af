package io.xiaoer.bot.dialog.function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The figures of functions.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.bot.dialog.call` | a call with all its tries; `function` as the catalogue names it, `outcome` `done`,
/// `not_found`, `refused` or `unavailable` |
public final class FunctionMeters {

    private final MeterRegistry registry;

    public FunctionMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    long begin() {
        return System.nanoTime();
    }

    void called(String function, CallFailed.@Nullable Reason failure, long begun) {
        Timer.builder("xiaoer.bot.dialog.call")
                .description("Calls of functions by dialogs")
                .tag("function", function)
                .tag("outcome", failure == null ? "done" : failure.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
}
