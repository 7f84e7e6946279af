package io.xiaoer.local.server;

import java.util.List;

/// How much of the compiler a JVM of a one-machine suite uses.
///
/// The first tier alone halves the processor time of a start; `XIAOER_JIT=full` in the environment buys peak speed
/// with it, for measuring load. The reasons and figures stand in decision 4.
public final class Jit {

    private Jit() {}

    /// The options for a JVM that stays.
    public static List<String> options() {
        return "full".equals(System.getenv("XIAOER_JIT")) ? List.of() : List.of("-XX:TieredStopAtLevel=1");
    }
}
