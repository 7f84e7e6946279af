package io.xiaoer.bench.scenario;

import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.server.DirectoryTree;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.suite.StartCaches;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.RunState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The whole suite is started from a built tree, with start caches and without, in turn: how long until each process is
/// ready, and what processor time it takes until then.
///
/// It is a suite of its own, over a directory of its own that is deleted in the end. A round starts with the demo shops
/// loaded; the very first start, over an empty directory, is told apart. If something is not in order, the logs stay.
final class Start implements Scenario {
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LAST_WORDS = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_MS = 500;
    private static final Pattern READY = Pattern.compile("\\s+(\\S+)\\s+ready after\\s+([0-9.]+) s.*");
    private static final double US_PER_S = 1e6;
    private static final double NS_PER_S = 1e9;

    /// Whose jars are started, and beside which the caches stand.
    private static final List<String> SERVICES = List.of(
            "deploy/identity",
            "session-service",
            "order-sync-service",
            "bot-service",
            "compensation-service",
            "gateway-service",
            "deploy/demo-shop");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "the suite is started from a built tree, with start caches and without: seconds until each part is ready";
    }

    @Override
    public boolean needsSuite() {
        return false;
    }

    /// What one start took.
    ///
    /// @param whole seconds of the command, the bot's learning and the first question with it
    /// @param ready seconds from the command until the last process was ready
    /// @param each  by process: until it was ready, seconds from when all were launched
    /// @param cpu   by process: seconds of processor time until all was done
    record Once(double whole, double ready, Map<String, Double> each, Map<String, Double> cpu) {}

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var home =
                Path.of(System.getProperty("xiaoer.home", ".")).toAbsolutePath().normalize();
        var root = wishes.to().resolve("start-" + ProcessHandle.current().pid());
        var starts = new Starts(stand, home, new DataDirectory(root), Ports.free());
        var end = new Thread(starts::abandon, "start-abandoned");
        Runtime.getRuntime().addShutdownHook(end);
        var isDone = false;
        try {
            Files.createDirectories(wishes.to());
            var first = starts.once("first, over an empty directory", "off");
            starts.makeCaches();
            var with = new ArrayList<Once>();
            var without = new ArrayList<Once>();
            for (var number = 1; number <= wishes.rounds().orElse(ROUNDS); number++) {
                with.add(starts.once("round %d, with caches".formatted(number), "never"));
                without.add(starts.once("round %d, without".formatted(number), "off"));
            }
            var settings = new LinkedHashMap<String, Object>();
            settings.put("rounds", with.size());
            settings.put("compiler", "full".equals(System.getenv("XIAOER_JIT")) ? "both tiers" : "the first tier");
            var figures = new LinkedHashMap<String, Object>();
            figures.put(
                    "first start, empty directory, no caches: all ready, up, s",
                    text("%.1f, %.1f", first.ready(), first.whole()));
            figures.putAll(figures(with, without));
            var ledger = Ledger.of(starts.breaches);
            isDone = ledger.clean();
            return new Result(name(), about(), settings, List.of(), ledger, figures, false, wishes.mostLate());
        } finally {
            starts.end(!isDone);
            try {
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (IllegalStateException _) {
                // Interrupted: it runs already, and does the same.
            }
        }
    }

    static Map<String, Object> figures(List<Once> with, List<Once> without) {
        var figures = new LinkedHashMap<String, Object>();
        figure(figures, "all ready, s", with, without, Once::ready);
        figure(figures, "up returns, s", with, without, Once::whole);
        for (String process : with.getFirst().each().keySet()) {
            figure(
                    figures,
                    process + " ready, s",
                    with,
                    without,
                    once -> once.each().getOrDefault(process, 0.0));
        }
        for (String process : with.getFirst().cpu().keySet()) {
            figure(
                    figures,
                    process + " processor time, s",
                    with,
                    without,
                    once -> once.cpu().getOrDefault(process, 0.0));
        }
        figure(
                figures,
                "processor time of all, s",
                with,
                without,
                once -> once.cpu().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
        return figures;
    }

    private static void figure(
            Map<String, Object> figures,
            String name,
            List<Once> with,
            List<Once> without,
            ToDoubleFunction<Once> figure) {
        var ratios = new ArrayList<Double>();
        for (var n = 0; n < with.size(); n++) {
            var plain = figure.applyAsDouble(without.get(n));
            if (plain > 0) {
                ratios.add(figure.applyAsDouble(with.get(n)) / plain);
            }
        }
        if (!ratios.isEmpty()) {
            var ratio = Ratio.of(ratios);
            figures.put(
                    name,
                    text(
                            "%.1f with caches, %.1f without: %.2f (95 %% of %.2f to %.2f)",
                            median(with, figure), median(without, figure), ratio.median(), ratio.low(), ratio.high()));
        }
    }

    private static double median(List<Once> starts, ToDoubleFunction<Once> figure) {
        return Ratio.median(starts.stream().mapToDouble(figure).toArray());
    }

    /// Which process a line of `up` tells to be ready, and after how many seconds; null if it tells something else.
    static Map.@Nullable Entry<String, Double> ready(String line) {
        var told = READY.matcher(line);
        return told.matches() ? Map.entry(told.group(1), Double.parseDouble(told.group(2))) : null;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /// Starts the suite over one directory again and again.
    private static final class Starts {
        private final Stand stand;
        private final Path home;
        private final DataDirectory data;
        private final int port;
        private final List<Breach> breaches = new ArrayList<>();
        private volatile boolean isAbandoned;
        private volatile @Nullable Process running;

        Starts(Stand stand, Path home, DataDirectory data, int port) {
            this.stand = stand;
            this.home = home;
            this.data = data;
            this.port = port;
        }

        /// Starts it and takes it down.
        Once once(String what, String caches) throws IOException, InterruptedException {
            try (var watch = stand.progress().watch(() -> "start: " + what)) {
                var each = new LinkedHashMap<String, Double>();
                var begin = System.nanoTime();
                var ready = OptionalDouble.empty();
                var up = script(
                        caches, "up", "--detach", "--data", data.root().toString(), "--port", Integer.toString(port));
                try (var lines =
                        new BufferedReader(new InputStreamReader(up.getInputStream(), StandardCharsets.UTF_8))) {
                    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                        var told = ready(line);
                        if (told != null) {
                            each.put(told.getKey(), told.getValue());
                            ready = OptionalDouble.of((System.nanoTime() - begin) / NS_PER_S);
                        }
                    }
                }
                await(up, "up");
                var whole = (System.nanoTime() - begin) / NS_PER_S;
                var cpu = look(each.keySet().stream().toList());
                down();
                return new Once(whole, ready.orElse(whole), each, cpu);
            }
        }

        /// Notes what is not as it should be, and reads what each process has used.
        private Map<String, Double> look(List<String> told) throws IOException {
            var state = RunState.read(data).orElseThrow(() -> new IOException("up left no state"));
            for (var process : state.processes()) {
                if (process.health() != Health.UP || process.restarts() > 0 || !told.contains(process.name())) {
                    breaches.add(new Breach(
                            Breach.Kind.NOT_TAKEN,
                            process.name(),
                            "is %s after %d restarts".formatted(process.health(), process.restarts())));
                }
            }
            var cpu = new TreeMap<String, Double>();
            Usage.of(state.processes()).processes().forEach((name, process) -> {
                if (!name.equals(Usage.GENERATOR)) {
                    cpu.put(name, process.cpu() / US_PER_S);
                }
            });
            return cpu;
        }

        /// Has the suite make the caches that are missing.
        void makeCaches() throws IOException, InterruptedException {
            if (missing() == 0) {
                return;
            }
            try (var watch = stand.progress().watch(() -> "start: %d start caches are made".formatted(missing()))) {
                var up = script(
                        "now", "up", "--detach", "--data", data.root().toString(), "--port", Integer.toString(port));
                up.getInputStream().transferTo(OutputStream.nullOutputStream());
                await(up, "up");
                var until = System.nanoTime() + PATIENCE.toNanos();
                while (missing() > 0) {
                    if (System.nanoTime() > until) {
                        throw new IOException("No start caches were made in %d minutes; see %s"
                                .formatted(PATIENCE.toMinutes(), data.log("supervisor")));
                    }
                    TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
                }
                down();
            }
        }

        private long missing() {
            return SERVICES.stream().filter(module -> !hasCache(module)).count();
        }

        private boolean hasCache(String module) {
            try {
                return StartCaches.cache(home.resolve(module))
                        .filter(Files::exists)
                        .isPresent();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized void down() throws IOException, InterruptedException {
            if (Files.exists(data.state())) {
                var down = launched("never", "down", "--data", data.root().toString());
                down.getInputStream().transferTo(OutputStream.nullOutputStream());
                await(down, "down");
            }
        }

        /// Takes the suite down and its directory away.
        ///
        /// @param keepsLogs whether what its processes have told stays
        synchronized void end(boolean keepsLogs) throws IOException, InterruptedException {
            down();
            if (!keepsLogs || isAbandoned || !Files.exists(data.logs())) {
                DirectoryTree.delete(data.root());
                return;
            }
            try (Stream<Path> all = Files.list(data.root())) {
                for (var each : all.filter(path -> !path.equals(data.logs())).toList()) {
                    if (Files.isDirectory(each)) {
                        DirectoryTree.delete(each);
                    } else {
                        Files.delete(each);
                    }
                }
            }
            stand.progress().tell("start: what the suite told stays in " + data.logs());
        }

        /// Whoever interrupts the bench wants no suite to stay.
        void abandon() {
            try {
                var last = abandoned();
                if (last != null && last.isAlive()) {
                    last.destroy();
                    last.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
                }
                end(false);
            } catch (IOException e) {
                System.err.println("The suite over %s stays: %s".formatted(data.root(), e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized @Nullable Process abandoned() {
            isAbandoned = true;
            return running;
        }

        private synchronized Process script(String caches, String... words) throws IOException {
            if (isAbandoned) {
                throw new IOException("The bench was interrupted");
            }
            var process = launched(caches, words);
            running = process;
            return process;
        }

        private Process launched(String caches, String... words) throws IOException {
            var command = new ArrayList<String>(List.of(home.resolve("xiaoer").toString()));
            command.addAll(List.of(words));
            var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
            builder.environment().put("XIAOER_START_CACHES", caches);
            return builder.start();
        }

        private static void await(Process process, String what) throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new IOException("./xiaoer %s did not end".formatted(what));
            }
            if (process.exitValue() != 0) {
                throw new IOException("./xiaoer %s ended with %d".formatted(what, process.exitValue()));
            }
        }
    }
}
