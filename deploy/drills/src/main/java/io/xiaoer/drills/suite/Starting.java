package io.xiaoer.drills.suite;

import io.xiaoer.local.server.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Brings the suite up by its own script, with two session-services, and takes down what it brought up.
public final class Starting {
    private static final String INSTANCES = "XIAOER_SESSION_INSTANCES";
    private static final Duration WHOLE_AGAIN = Duration.ofSeconds(60);

    private final Path home;
    private final DrilledSuite suite;
    private final int port;
    private boolean ours;

    public Starting(Path home, DrilledSuite suite, OptionalInt port) {
        this.home = home;
        this.suite = suite;
        this.port = port.orElseGet(Ports::free);
    }

    /// The suite, every process up: the one that runs over the data directory already, or a fresh one.
    public DrilledSuite ready() throws IOException, InterruptedException {
        if (!suite.runs()) {
            ours = true;
            script("up", "--detach", "--data", suite.data().root().toString(), "--port", Integer.toString(port));
        }
        suite.awaitUp(WHOLE_AGAIN);
        if (suite.processes("session-service").size() < 2) {
            throw new IOException("The suite over %s has one session-service alone; take it down, or start it with %s=2"
                    .formatted(suite.data().root(), INSTANCES));
        }
        return suite;
    }

    /// Takes the suite down if it was brought up here.
    public void end() throws IOException, InterruptedException {
        if (ours) {
            script("down", "--data", suite.data().root().toString());
        }
    }

    private void script(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(home.resolve("xiaoer").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(home.toFile()).inheritIO();
        builder.environment().put(INSTANCES, "2");
        builder.environment().put("XIAOER_START_CACHES", "never");
        var code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException("./xiaoer %s ended with %d".formatted(words[0], code));
        }
    }
}
