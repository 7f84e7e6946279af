package io.xiaoer.local.command;

import com.sun.management.OperatingSystemMXBean;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;

/// Looks at this machine and at what earlier runs left, and says what is fit and what is not.
final class Doctor implements Command {
    private static final int LEAST_JAVA = 25;
    private static final long LEAST_MEMORY_MB = 4096;
    private static final long LEAST_DISK_MB = 1024;
    private static final long ENOUGH_FILES = 4096;
    private static final long KB_PER_MB = 1024;

    private final DataDirectory data;
    private final int gatewayPort;
    private boolean sound = true;

    Doctor(DataDirectory data, int gatewayPort) {
        this.data = data;
        this.gatewayPort = gatewayPort;
    }

    @Override
    public int run() throws IOException {
        java();
        disk();
        openFiles();
        try {
            var state = RunState.read(data);
            var up = state.isPresent() && state.get().supervisor().alive();
            memory(up);
            port(up);
            leftovers(state, up);
            secrets();
        } catch (AccessDeniedException e) {
            say(false, "data", "%s is somebody else's".formatted(e.getFile()));
        }
        return sound ? 0 : 1;
    }

    private void java() {
        var version = Runtime.version();
        say(version.feature() >= LEAST_JAVA, "JDK", version + " in " + System.getProperty("java.home"));
    }

    /// A suite that is up has what it needs. A container may give less than the machine has.
    private void memory(boolean up) throws IOException {
        var available = memoryField("MemAvailable:");
        if (available.isPresent()) {
            var megabytes = Math.min(available.get() / KB_PER_MB, allowedMegabytes());
            say(
                    up || megabytes >= LEAST_MEMORY_MB,
                    "memory",
                    megabytes + " MB available" + (up ? " beside the suite" : ", 4096 MB are comfortable"));
        }
    }

    private static long allowedMegabytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() >> 20
                : Long.MAX_VALUE;
    }

    private static Optional<Long> memoryField(String name) throws IOException {
        var file = Path.of("/proc/meminfo");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst();
    }

    private void disk() throws IOException {
        var place = data.root();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        var free = Files.getFileStore(place).getUsableSpace() >> 20;
        say(free >= LEAST_DISK_MB, "disk", "%d MB free at %s, 1024 MB are needed".formatted(free, place));
    }

    /// The limit of the shell that called, as the script passed it on: a JVM raises its own.
    private void openFiles() {
        var limit = System.getProperty("xiaoer.open-files", "");
        var enough = limit.equals("unlimited") || limit.matches("[0-9]+") && Long.parseLong(limit) >= ENOUGH_FILES;
        if (!limit.isEmpty()) {
            say(enough, "open files", limit + " allowed, %d are comfortable (ulimit -n)".formatted(ENOUGH_FILES));
        }
    }

    private void port(boolean up) throws IOException {
        var ours = up && RememberedPorts.in(data).last("gateway-service").orElse(0) == gatewayPort;
        var free = Ports.isFree(gatewayPort);
        say(
                ours || free,
                "port " + gatewayPort,
                ours ? "in use by the suite itself" : free ? "free" : "taken; use ./xiaoer up --port N");
    }

    private void leftovers(Optional<RunState> state, boolean up) {
        var orphans = state.isPresent() && !up && state.get().anythingAlive();
        say(
                !orphans,
                "leftovers",
                orphans ? "processes run without their supervisor; ./xiaoer down stops them" : "none");
    }

    private void secrets() throws IOException {
        if (!Files.isDirectory(data.secrets())) {
            return;
        }
        try (var files = Files.list(data.secrets())) {
            var open =
                    files.filter(Doctor::othersMayRead).map(Path::getFileName).toList();
            say(
                    open.isEmpty(),
                    "secrets",
                    open.isEmpty() ? "readable by their owner alone" : "others may read " + open);
        }
    }

    private static boolean othersMayRead(Path file) {
        try {
            return !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .endsWith("------");
        } catch (IOException e) {
            return true;
        }
    }

    private void say(boolean fit, String what, String finding) {
        sound &= fit;
        System.out.println(String.format(Locale.ROOT, "  %-4s %-11s %s", fit ? "ok" : "BAD", what, finding));
    }
}
