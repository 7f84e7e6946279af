package io.xiaoer.local.command;

import io.xiaoer.local.api.Api;
import io.xiaoer.local.api.Conversation;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.demo.DemoShops;
import io.xiaoer.local.server.Collector;
import io.xiaoer.local.server.Jit;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.StartFailedException;
import io.xiaoer.local.suite.Addresses;
import io.xiaoer.local.suite.StartCaches;
import io.xiaoer.local.suite.Suite;
import io.xiaoer.local.supervise.Leftovers;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import io.xiaoer.local.supervise.Supervisor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Starts the suite and stays as its supervisor until it is told to end; then all is taken down.
///
/// One at a time: the supervisor holds the lock of the data directory for as long as it lives.
final class Up implements Command {
    /// Ten times what a slow laptop takes: a machine that has much else to do is not to be given up.
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(30);
    private static final long LEAST_DISK = 1L << 30;
    /// The first port that is not root's.
    private static final int OPEN_TO_ALL = 1024;
    /// A shopper without orders, in whose name the suite asks its own first question.
    private static final String NOBODY = "xiaoer-first-question";
    private static final double MS_PER_S = 1000.0;

    private final DataDirectory data;
    private final int gatewayPort;

    Up(DataDirectory data, int gatewayPort) {
        this.data = data;
        this.gatewayPort = gatewayPort;
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        lay(data);
        try (var channel = FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                System.out.println(new AlreadyUp(data).sentence());
                return 0;
            }
            return supervise(lock);
        }
    }

    static void lay(DataDirectory data) throws Refusal {
        try {
            data.lay();
        } catch (IOException e) {
            throw new Refusal("The data directory %s cannot be made: %s".formatted(data.root(), e));
        }
    }

    /// Before anything is written there, even why it does not work.
    static void requireRoom(DataDirectory data) throws Refusal, IOException {
        var free = Files.getFileStore(data.root()).getUsableSpace();
        if (free < LEAST_DISK) {
            throw new Refusal("The disk of %s has %d MB left; Xiaoer needs 1 GB.".formatted(data.root(), free >> 20));
        }
    }

    private int supervise(FileLock lock) throws Refusal, IOException, InterruptedException {
        var begin = System.nanoTime();
        requireRoom(data);
        clearLeftovers();
        // Whoever wants it down from now on finds whom to tell.
        RunState.beginning().write(data);
        try {
            return start(lock, begin);
        } catch (Refusal | IOException e) {
            Files.deleteIfExists(data.state());
            throw e;
        }
    }

    private int start(FileLock lock, long begin) throws Refusal, IOException, InterruptedException {
        check();
        checkOptions();
        var whenToCache = startCaches();
        var secrets = new Secrets(data.secrets());
        var ports = RememberedPorts.in(data);
        ports.fixed("gateway-service", gatewayPort);
        var suite = new Suite(Commands.home(), data, ports, secrets, sessionInstances());
        var supervisor = new Supervisor(data, suite.dataServers(), suite.services());
        ports.save();
        var caches = new Thread(new StartCaches(suite.services(), data, whenToCache), "start-caches");
        var end = new Thread(() -> takeDown(supervisor, caches), "take-down");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            System.out.println("Starting Xiaoer; its data is in " + data.root());
            supervisor.start(Up::sayReady);
            supervisor.awaitReady(PATIENCE, SAY_AGAIN, Up::sayWaiting);
            loadDemoShops(Addresses.last(ports), secrets);
            awaitLearnt(Addresses.last(ports), secrets);
            askFirst(Addresses.last(ports), secrets);
        } catch (StartFailedException | IOException e) {
            supervisor.stop();
            throw new Refusal("Xiaoer did not come up, and nothing is left running: " + e.getMessage());
        }
        supervisor.declareComplete();
        var seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / MS_PER_S;
        System.out.println(welcome(Addresses.last(ports), seconds));
        caches.start();
        stayUntilTold(lock);
        return 0;
    }

    private void clearLeftovers() throws IOException, InterruptedException {
        var left = RunState.read(data);
        if (left.isPresent() && left.get().anythingAlive()) {
            System.out.println("Stopping what a killed supervisor left running ...");
            Leftovers.end(data, left.get());
        }
    }

    private void check() throws Refusal {
        if (!Ports.isFree(gatewayPort)) {
            throw new Refusal(
                    "Port %d is taken by another program%s. Stop that, or choose another port: ./xiaoer up --port N"
                            .formatted(
                                    gatewayPort, gatewayPort < OPEN_TO_ALL ? ", or kept for root by the system" : ""));
        }
    }

    /// Before anything is launched with them.
    private static void checkOptions() throws Refusal {
        try {
            Collector.options();
            Jit.options();
        } catch (IllegalArgumentException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
    }

    private static int sessionInstances() throws Refusal {
        var wish = System.getenv().getOrDefault("XIAOER_SESSION_INSTANCES", "1");
        if (!wish.matches("[1-9]")) {
            throw new Refusal("XIAOER_SESSION_INSTANCES may be 1 to 9, not '%s'.".formatted(wish));
        }
        return Integer.parseInt(wish);
    }

    private static StartCaches.When startCaches() throws Refusal {
        var wish = System.getenv().getOrDefault(StartCaches.WISH, "idle");
        return switch (wish) {
            case "idle" -> StartCaches.When.IDLE;
            case "now" -> StartCaches.When.NOW;
            case "never", StartCaches.OFF -> StartCaches.When.NEVER;
            default ->
                throw new Refusal("XIAOER_START_CACHES may be idle, now, never or off, not '%s'.".formatted(wish));
        };
    }

    private static void sayReady(ProcessState process, Duration time) {
        System.out.println(String.format(
                Locale.ROOT,
                "  %-22s ready after %5.1f s   port %d",
                process.name(),
                time.toMillis() / MS_PER_S,
                process.port()));
    }

    private static void sayWaiting(List<ProcessState> waiting) {
        System.out.println("  still waiting for "
                + waiting.stream().map(ProcessState::name).collect(Collectors.joining(", ")));
    }

    private void loadDemoShops(Addresses addresses, Secrets secrets) throws IOException, InterruptedException {
        if (Files.exists(data.demoLoaded())) {
            return;
        }
        System.out.println("  loading the demo shops 1001 and 1002 ...");
        try (var api = new Api(addresses.gateway(), addresses.identity())) {
            new DemoShops(api, secrets).load();
        }
        Files.createFile(data.demoLoaded());
    }

    /// A question that comes before the bot knows the demo shops would get a poorer answer.
    private static void awaitLearnt(Addresses addresses, Secrets secrets) throws IOException, InterruptedException {
        System.out.println("  the bot learns the demo shops ...");
        try (var api = new Api(addresses.gateway(), addresses.identity())) {
            if (!new DemoShops(api, secrets).areLearnt()) {
                System.out.println(
                        "  it is not done yet and goes on; until then it knows their questions word by word");
            }
        }
    }

    /// The first question takes every road for the first time, which is slow; better ours than a shopper's.
    private static void askFirst(Addresses addresses, Secrets secrets) throws InterruptedException {
        System.out.println("  asking a first question ...");
        var merchant = secrets.merchants().getLast();
        try (var api = new Api(addresses.gateway(), addresses.identity())) {
            Conversation.ofUser(api, merchant, NOBODY).ask("我的快递到哪了");
        } catch (IOException e) {
            System.out.println("  it was not answered: " + e.getMessage());
        }
    }

    private String welcome(Addresses addresses, double seconds) {
        var where = Commands.where(data);
        return """

                Xiaoer is up after %.1f s.

                  the demo shop   %s/demo
                  the gateway     %s
                  try             ./xiaoer ask "我的快递到哪了" --user james_li_5688%s
                  stop            ./xiaoer down%s
                """.formatted(seconds, addresses.demoShop(), addresses.gateway(), where, where)
                .stripTrailing();
    }

    /// The lock must live as long as we do.
    private static void stayUntilTold(@Nullable FileLock lock) throws InterruptedException {
        new CountDownLatch(1).await();
        throw new IllegalStateException("Nobody ends the wait but the end of the process; lock " + lock);
    }

    private static void takeDown(Supervisor supervisor, Thread caches) {
        try {
            caches.interrupt();
            caches.join();
            supervisor.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
