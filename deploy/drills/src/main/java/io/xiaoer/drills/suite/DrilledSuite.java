package io.xiaoer.drills.suite;

import io.xiaoer.local.api.Api;
import io.xiaoer.local.data.Client;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.suite.Addresses;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A running suite, known by its data directory.
public final class DrilledSuite {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final DataDirectory data;
    private @Nullable RedisRelay relay;

    public DrilledSuite(DataDirectory data) {
        this.data = data;
    }

    public DataDirectory data() {
        return data;
    }

    public URI gateway() throws IOException {
        return URI.create(addresses().gateway());
    }

    private Addresses addresses() throws IOException {
        return Addresses.last(RememberedPorts.in(data));
    }

    /// A token of the shop's backend.
    public String merchant(String shop) throws IOException, InterruptedException {
        var secrets = secrets();
        return token(secrets.client(secrets.merchants(), shop)
                .orElseThrow(() -> new IOException("There is no demo shop " + shop)));
    }

    /// A token of one of the shop's people.
    public String agent(String shop) throws IOException, InterruptedException {
        return token(secrets().agents().stream()
                .filter(agent -> shop.equals(agent.shopId()))
                .findFirst()
                .orElseThrow(() -> new IOException("Nobody works in the shop " + shop)));
    }

    /// A token of who runs the suite.
    public String ops() throws IOException, InterruptedException {
        return token(secrets().ops());
    }

    private String token(Client client) throws IOException, InterruptedException {
        var addresses = addresses();
        try (var api = new Api(addresses.gateway(), addresses.identity())) {
            return api.token(client);
        }
    }

    public Secrets secrets() {
        return new Secrets(data.secrets());
    }

    /// Whether there is a suite, healthy or not.
    boolean runs() throws IOException {
        return RunState.read(data).filter(state -> state.supervisor().alive()).isPresent();
    }

    /// Waits until every process is up.
    public void awaitUp(Duration patience) throws IOException, InterruptedException {
        await(
                "a suite with every process up",
                patience,
                state -> state.complete() && state.processes().stream().allMatch(each -> each.health() == Health.UP));
    }

    public RunState state() throws IOException {
        return RunState.read(data).orElseThrow(() -> new IOException("No suite runs over " + data.root()));
    }

    /// The processes of a service; of session-service there are several.
    public List<ProcessState> processes(String service) throws IOException {
        return state().processes().stream()
                .filter(each -> each.name().equals(service) || each.name().matches(service + "-[0-9]+"))
                .toList();
    }

    public ProcessState process(String name) throws IOException {
        return processes(name).getFirst();
    }

    public RedisAdmin redis() throws IOException {
        return new RedisAdmin(process("redis").port(), secrets().redisPassword().value());
    }

    /// What stands between the services and Redis.
    ///
    /// @throws IOException if this suite has none
    public RedisRelay relay() throws IOException {
        if (relay == null) {
            throw new IOException("This drill needs a suite of its own; name no --data of one that runs already");
        }
        return relay;
    }

    /// From now on the suite's services reach Redis through this; null: by themselves.
    void reachesRedisBy(@Nullable RedisRelay through) {
        relay = through;
    }

    /// Waits until the state is as wished.
    public void await(String what, Duration patience, Predicate<RunState> wished)
            throws IOException, InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        while (!wished.test(state())) {
            if (System.nanoTime() > until) {
                throw new IOException("%s did not come true in %d s".formatted(what, patience.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
