package io.xiaoer.common.circuit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a circuit opens, `xiaoer.circuit.*`.
///
/// @param window how many of the last calls count; half of them failed opens it
/// @param calls how many there must have been
/// @param pause how long nothing is asked then
/// @param trials how many calls then try whether it answers again
@ConfigurationProperties("xiaoer.circuit")
public record CircuitSettings(
        @DefaultValue("20") int window,
        @DefaultValue("10") int calls,
        @DefaultValue("5s") Duration pause,
        @DefaultValue("3") int trials) {

    public CircuitSettings {
        require(window >= 1 && window <= 1000, "window", window, "must lie in 1..1000");
        require(calls >= 1 && calls <= window, "calls", calls, "must lie between 1 and the window");
        require(pause.toMillis() >= 1 && pause.toMinutes() <= 10, "pause", pause, "must lie in 1ms..10m");
        require(trials >= 1 && trials <= window, "trials", trials, "must lie between 1 and the window");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.circuit." + field + " = " + value + ' ' + rule);
        }
    }
}
