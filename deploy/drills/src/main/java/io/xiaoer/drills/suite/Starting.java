package io.xiaoer.drills.suite;

import io.xiaoer.local.server.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Brings the suite up by its own script, with two session-services, and takes down what it brought up.
public final class Starting {
    private static final String INSTANCES = "XIAOER_SESSION_INSTANCES";
    private static final Duration WHOLE_AGAIN = Duration.ofSeconds(60);

    private final Path home;
    private final DrilledSuite suite;
    private final int port;
    /// That of what we started.
    private @Nullable Undoing takingDown;

    private @Nullable RedisRelay relay;
    private volatile @Nullable Process script;

    public Starting(Path home, DrilledSuite suite, OptionalInt port) {
        this.home = home;
        this.suite = suite;
        this.port = port.orElseGet(Ports::free);
    }

    /// The suite, every process up: the one that runs over the data directory already, or a fresh one. One of
    /// ours whose services reach Redis in the other way is started anew.
    ///
    /// @param relayed whether they must reach it through a [RedisRelay]
    public DrilledSuite ready(boolean relayed) throws IOException, InterruptedException {
        if (takingDown != null && relayed != (relay != null)) {
            end();
        }
        if (!suite.runs()) {
            bringUp(relayed);
        }
        suite.awaitUp(WHOLE_AGAIN);
        if (suite.processes("session-service").size() < 2) {
            throw new IOException("The suite over %s has one session-service alone; take it down, or start it with %s=2"
                    .formatted(suite.data().root(), INSTANCES));
        }
        return suite;
    }

    private void bringUp(boolean relayed) throws IOException, InterruptedException {
        if (takingDown == null) {
            takingDown = Undoing.by(this::takeDown);
        }
        if (relayed) {
            suite.data().lay();
            relay = new RedisRelay(() -> suite.process("redis").port());
            suite.reachesRedisBy(relay);
        }
        script("up", "--detach", "--data", suite.data().root().toString(), "--port", Integer.toString(port));
    }

    /// Takes the suite down if it was brought up here.
    public void end() throws IOException, InterruptedException {
        if (takingDown != null) {
            takingDown.close();
            takingDown = null;
        }
        if (relay != null) {
            relay.close();
            relay = null;
            suite.reachesRedisBy(null);
        }
    }

    /// What is still being brought up is told to end first, so that nothing comes up afterwards.
    private void takeDown() throws IOException, InterruptedException {
        var goingOn = script;
        if (goingOn != null) {
            goingOn.destroy();
            goingOn.waitFor();
        }
        script("down", "--data", suite.data().root().toString());
    }

    private void script(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(home.resolve("xiaoer").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(home.toFile()).inheritIO();
        builder.environment().put(INSTANCES, "2");
        builder.environment().put("XIAOER_START_CACHES", "never");
        if (relay != null) {
            builder.environment().put("SPRING_DATA_REDIS_URL", relayUrl(relay));
        }
        var started = builder.start();
        script = started;
        var code = started.waitFor();
        script = null;
        if (code != 0) {
            throw new IOException("./xiaoer %s ended with %d".formatted(words[0], code));
        }
    }

    /// Spring puts it above the address that the suite gives its services.
    private String relayUrl(RedisRelay through) throws IOException {
        return "redis://:%s@127.0.0.1:%d"
                .formatted(suite.secrets().redisPassword().value(), through.port());
    }
}
