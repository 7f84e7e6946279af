package io.xiaoer.local.suite;

import com.sun.management.OperatingSystemMXBean;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Makes the ahead-of-time caches that [JavaService] starts with, those that are missing, one after the other while
/// the suite runs.
///
/// Each takes about 20 s of processor time at the lowest priority, a JVM of the service's size, and 100 MB of disk.
/// It happens once after a build. A run that makes a cache creates all beans of the service, and so connects to the
/// suite's servers, but starts none: it serves nobody, consumes nothing and takes no node number.
public final class StartCaches implements Runnable {
    /// The variable of the environment that says when they are made.
    public static final String WISH = "XIAOER_START_CACHES";
    /// They are neither made nor used: to measure what they are worth.
    public static final String OFF = "off";

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LOOKS = 4;
    private static final double IDLE = 0.25;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LEAST_DISK = 2L << 30;

    private final List<JavaService> services;
    private final DataDirectory data;
    private final When when;

    /// When they are made.
    public enum When {
        /// When other work leaves the machine at least three quarters idle.
        IDLE,
        /// At once.
        NOW,
        NEVER
    }

    /// Where the cache is with which a module is started now; empty if nothing of the module is unpacked.
    public static Optional<Path> cache(Path module) throws IOException {
        return RunFolder.current(module).map(JavaService::cacheOf);
    }

    /// @param servers those of the suite; of equal instances of a service one is taken
    public StartCaches(List<? extends Server> servers, DataDirectory data, When when) {
        this.when = when;
        var byCache = new LinkedHashMap<Path, JavaService>();
        for (Server server : servers) {
            if (server instanceof JavaService service) {
                byCache.putIfAbsent(service.cache(), service);
            }
        }
        this.services = List.copyOf(byCache.values());
        this.data = data;
    }

    /// Until all are there or the thread is interrupted.
    @Override
    public void run() {
        try {
            if (when != When.NEVER) {
                makeMissing();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What hinders one is told and hinders no other; the next start tries again.
    private void makeMissing() throws InterruptedException {
        for (JavaService service : services) {
            if (!Files.exists(service.cache())) {
                if (when == When.IDLE) {
                    awaitIdleMachine();
                }
                try {
                    make(service);
                } catch (IOException e) {
                    System.err.println("No start cache for %s: %s".formatted(service.name(), e.getMessage()));
                }
            }
        }
    }

    private static void awaitIdleMachine() throws InterruptedException {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine)) {
            return;
        }
        var idle = 0;
        while (idle < LOOKS) {
            Thread.sleep(LOOK);
            idle = machine.getCpuLoad() < IDLE ? idle + 1 : 0;
        }
    }

    /// Written beside its place and moved there whole, so that a run which was cut off leaves none.
    private void make(JavaService service) throws IOException, InterruptedException {
        var cache = service.cache();
        var part = cache.resolveSibling(
                cache.getFileName() + "." + ProcessHandle.current().pid());
        var jarTime = Files.getLastModifiedTime(service.jar());
        if (Files.getFileStore(service.jar()).getUsableSpace() < LEAST_DISK) {
            throw new IOException("less than 2 GB of disk are left");
        }
        try {
            train(service, part);
            if (!Files.getLastModifiedTime(service.jar()).equals(jarTime)) {
                throw new IOException("the jar was built anew meanwhile");
            }
            Files.move(part, cache, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(part.resolveSibling(part.getFileName() + ".config"));
        }
    }

    private void train(JavaService service, Path output) throws IOException, InterruptedException {
        var log = data.log("start-cache");
        var command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(service.training(output));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(service.trainingEnvironment());
        var process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it took longer than %d s; see %s".formatted(PATIENCE.toSeconds(), log));
            }
        } finally {
            // Its child, which puts the cache together, must not outlive it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0 || !Files.exists(output)) {
            throw new IOException("exit code %d; see %s".formatted(process.exitValue(), log));
        }
    }
}
