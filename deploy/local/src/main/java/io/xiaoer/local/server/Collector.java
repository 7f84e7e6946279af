package io.xiaoer.local.server;

import java.util.List;
import java.util.Map;

/// Which garbage collector the services of a one-machine suite use.
///
/// The serial one: on these small heaps its pauses are short, and it needs the least memory beside them.
/// `XIAOER_GC=g1` or `z` in the environment takes another, for measuring.
public final class Collector {

    private static final Map<String, String> BY_NAME =
            Map.of("serial", "-XX:+UseSerialGC", "g1", "-XX:+UseG1GC", "z", "-XX:+UseZGC");

    private Collector() {}

    /// The options for a JVM of a service.
    ///
    /// @throws IllegalArgumentException if the environment names no collector
    public static List<String> options() {
        return options(System.getenv().getOrDefault("XIAOER_GC", "serial"));
    }

    /// Options that keep a JVM from looking through its whole heap because its classes or its compiled code grew.
    /// The serial collector stops everything for that, and the JVM's own bounds are passed several times at each
    /// start, and again under load when the second compiler tier gets to work.
    ///
    /// @return options for any JVM whose classes take 50 to 150 MB
    public static List<String> rarelyWhole() {
        return List.of("-XX:MetaspaceSize=160m", "-XX:SweeperThreshold=100");
    }

    static List<String> options(String name) {
        var option = BY_NAME.get(name);
        if (option == null) {
            throw new IllegalArgumentException("XIAOER_GC is serial, g1 or z, and not " + name);
        }
        return List.of(option);
    }
}
