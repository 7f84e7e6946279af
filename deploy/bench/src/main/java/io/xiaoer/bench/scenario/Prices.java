package io.xiaoer.bench.scenario;

import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.report.Result;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/// What the machine charges for what a suite of processes does all the time: calls of the system, threads that are
/// woken, and reads of what others have pushed out of the caches. Machines differ far more in these than in
/// calculating, so no figure of another scenario can be compared with one of another machine without them.
final class Prices implements Scenario {
    private static final int ROUNDS = 5;
    private static final int SYSTEM_CALLS = 100_000;
    private static final int WAKES = 500;
    private static final int HAND_OVERS = 5_000;
    private static final int NUMBERS = 20_000_000;
    private static final int READS = 200_000;
    private static final int INTS_PER_LINE = 16;
    private static final int LINES_PER_MB = 1 << 14;
    private static final Duration REST = Duration.ofMillis(2);
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public String about() {
        return "what a call of the system, a thread that is woken, memory and plain calculating take on this machine";
    }

    @Override
    public boolean needsSuite() {
        return false;
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var most = stand.wishes().rounds().orElse(ROUNDS);
        var rounds = new ArrayList<Map<String, Double>>();
        try (var watch =
                stand.progress().watch(() -> "machine: %d of %d rounds are done".formatted(rounds.size(), most))) {
            round();
            while (rounds.size() < most) {
                rounds.add(round());
            }
        }
        var figures = new LinkedHashMap<String, Object>();
        for (String name : rounds.getFirst().keySet()) {
            figures.put(
                    name,
                    String.format(
                            Locale.ROOT,
                            "%.2f",
                            Ratio.median(rounds.stream()
                                    .mapToDouble(round -> round.getOrDefault(name, Double.NaN))
                                    .toArray())));
        }
        var settings = new LinkedHashMap<String, Object>();
        settings.put("rounds", most);
        return new Result(
                name(),
                about(),
                settings,
                List.of(),
                Ledger.of(List.of()),
                figures,
                false,
                stand.wishes().mostLate());
    }

    /// All of it in processor time, none in what passes meanwhile.
    private Map<String, Double> round() throws IOException, InterruptedException {
        var round = new LinkedHashMap<String, Double>();
        round.put("calculating (20 million random numbers), ms", calculating() / NS_PER_MS);
        round.put("a call of the system (a byte to /dev/null), µs", systemCalls() / NS_PER_US / SYSTEM_CALLS);
        round.put("a thread woken after 2 ms of rest, µs", wakes() / NS_PER_US / WAKES);
        round.put("a thread woken by another, µs", handOvers() / NS_PER_US / (2 * HAND_OVERS));
        round.put("a byte to another thread over loopback, µs", loopback() / NS_PER_US / (2 * HAND_OVERS));
        round.put("a read of any line of 512 KB, ns", reads(LINES_PER_MB / 2) / READS);
        for (int megabytes : new int[] {4, 16, 64}) {
            round.put("of %d MB, ns".formatted(megabytes), reads(megabytes * LINES_PER_MB) / READS);
        }
        return round;
    }

    private long own() {
        return threads.getCurrentThreadCpuTime();
    }

    private double calculating() {
        var begin = own();
        var random = new SplittableRandom(1);
        long all = 0;
        for (var n = 0; n < NUMBERS; n++) {
            all ^= random.nextLong();
        }
        var took = own() - begin;
        if (all == 0) {
            throw new IllegalStateException("The numbers are not random");
        }
        return took;
    }

    private double systemCalls() throws IOException {
        try (var nowhere = new FileOutputStream("/dev/null")) {
            var begin = own();
            for (var n = 0; n < SYSTEM_CALLS; n++) {
                nowhere.write(1);
            }
            return own() - begin;
        }
    }

    /// Each read tells where the next one is, so that none is begun before; they go through all lines in random order.
    private double reads(int lines) {
        var next = new int[lines * INTS_PER_LINE];
        var order = new SplittableRandom(1);
        for (var line = 0; line < lines; line++) {
            next[line * INTS_PER_LINE] = line * INTS_PER_LINE;
        }
        for (var line = lines - 1; line > 0; line--) {
            var other = order.nextInt(line);
            var kept = next[line * INTS_PER_LINE];
            next[line * INTS_PER_LINE] = next[other * INTS_PER_LINE];
            next[other * INTS_PER_LINE] = kept;
        }
        var at = 0;
        var begin = own();
        for (var n = 0; n < READS; n++) {
            at = next[at];
        }
        var took = own() - begin;
        if (at % INTS_PER_LINE != 0) {
            throw new IllegalStateException("The reads left their lines");
        }
        return took;
    }

    private double wakes() {
        var begin = own();
        for (var n = 0; n < WAKES; n++) {
            LockSupport.parkNanos(REST.toNanos());
        }
        return own() - begin;
    }

    private double handOvers() throws InterruptedException, IOException {
        var there = new SynchronousQueue<Integer>();
        var back = new SynchronousQueue<Integer>();
        return both(
                () -> {
                    for (var n = 0; n < HAND_OVERS; n++) {
                        back.put(there.take());
                    }
                },
                () -> {
                    for (var n = 0; n < HAND_OVERS; n++) {
                        there.put(n);
                        back.take();
                    }
                });
    }

    private double loopback() throws IOException, InterruptedException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var here = new Socket(server.getInetAddress(), server.getLocalPort());
                var there = server.accept()) {
            here.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            return both(
                    () -> {
                        for (var n = 0; n < HAND_OVERS; n++) {
                            there.getOutputStream().write(there.getInputStream().read());
                        }
                    },
                    () -> {
                        for (var n = 0; n < HAND_OVERS; n++) {
                            here.getOutputStream().write(1);
                            here.getInputStream().read();
                        }
                    });
        }
    }

    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    /// The processor time of two threads.
    private double both(Part there, Part here) throws IOException, InterruptedException {
        var took = new long[1];
        var failed = new ArrayList<Exception>();
        var thread = Thread.ofPlatform().daemon().start(() -> {
            var begin = own();
            try {
                there.run();
            } catch (IOException | InterruptedException e) {
                failed.add(e);
            }
            took[0] = own() - begin;
        });
        var begin = own();
        here.run();
        var mine = own() - begin;
        thread.join();
        if (!failed.isEmpty()) {
            throw new IOException("The other thread could not go on", failed.getFirst());
        }
        return mine + (double) took[0];
    }
}
