package io.xiaoer.local.suite;

import io.xiaoer.local.data.RememberedPorts;
import java.util.Optional;

/// Where the three parts that people open or call are found.
public record Addresses(String gateway, String identity, String demoShop) {
    public static final int GATEWAY_PORT = 8080;

    /// As they were the last time the suite was started.
    public static Addresses last(RememberedPorts ports) {
        return new Addresses(
                at(ports.last(Suite.GATEWAY).orElse(GATEWAY_PORT)),
                ports.last(Suite.IDENTITY).map(Addresses::at).orElse(""),
                ports.last(Suite.DEMO_SHOP).map(Addresses::at).orElse(""));
    }

    /// The own port of an instance of session-service.
    public static Optional<String> session(RememberedPorts ports) {
        return ports.last(Suite.SESSION)
                .or(() -> ports.last(Suite.SESSION + "-1"))
                .map(Addresses::at);
    }

    private static String at(int port) {
        return "http://localhost:" + port;
    }
}
