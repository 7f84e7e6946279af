package io.xiaoer.local.suite;

import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.supervise.RunState;
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

    /// The own port of an instance of session-service that runs. Ports of earlier starts, with more or
    /// fewer instances, are remembered as well.
    public static Optional<String> session(RunState state) {
        return state.processes().stream()
                .filter(process -> process.name().matches(Suite.SESSION + "(-[0-9]+)?"))
                .filter(process -> process.process().alive())
                .map(process -> at(process.port()))
                .findFirst();
    }

    private static String at(int port) {
        return "http://localhost:" + port;
    }
}
