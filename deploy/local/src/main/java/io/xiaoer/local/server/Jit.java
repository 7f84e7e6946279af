package io.xiaoer.local.server;

import java.util.List;

/// How much of the compiler a JVM of a one-machine suite uses.
///
/// The first tier alone halves the processor time of a start; `XIAOER_JIT=full` in the environment gives it up for peak
/// speed, for measuring load. The reasons and figures stand in decision 4.
public final class Jit {

    private Jit() {}

    /// The options for a JVM that stays.
    ///
    /// @throws IllegalArgumentException if the environment says what is neither
    public static List<String> options() {
        return options(System.getenv().getOrDefault("XIAOER_JIT", ""));
    }

    static List<String> options(String name) {
        return switch (name) {
            case "", "first" -> List.of("-XX:TieredStopAtLevel=1");
            case "full" -> List.of();
            default -> throw new IllegalArgumentException("XIAOER_JIT is first or full, and not " + name);
        };
    }
}
