package io.xiaoer.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The memory of one service: its heap as its own metrics tell it, and what the system gives to the process.
///
/// @param managementPort where the metrics are
/// @param pid            of the process
public record ServiceMemory(int managementPort, long pid) {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String HEAP = "jvm_memory_used_bytes{";
    private static final String RESIDENT = "VmRSS:";

    /// The highest marks seen from now on until it is closed. Between two looks the heap may have been fuller; what it
    /// may hold at all is the JVM's own limit.
    public Watched watch() {
        return new Watched();
    }

    /// The bytes of heap that a text of metrics tells.
    static long heap(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(HEAP) && line.contains("area=\"heap\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private long heap(HttpClient client) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus"))
                .timeout(PATIENCE)
                .build();
        return heap(client.send(request, BodyHandlers.ofString()).body());
    }

    private long resident() throws IOException {
        var status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        }
    }

    /// Looks four times a second.
    public final class Watched implements AutoCloseable {
        private final AtomicLong heap = new AtomicLong();
        private final AtomicLong resident = new AtomicLong();
        private final AtomicLong missed = new AtomicLong();
        private final CountDownLatch end = new CountDownLatch(1);
        private final Thread looking = Thread.ofVirtual().name("memory").start(this::look);

        private Watched() {}

        public long heap() {
            return heap.get();
        }

        public long resident() {
            return resident.get();
        }

        private void look() {
            try (var client = HttpClient.newHttpClient()) {
                do {
                    once(client);
                } while (!end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void once(HttpClient client) throws InterruptedException {
            try {
                heap.accumulateAndGet(heap(client), Math::max);
                resident.accumulateAndGet(ServiceMemory.this.resident(), Math::max);
            } catch (IOException away) {
                if (missed.getAndIncrement() == 0) {
                    System.err.println("The metrics of order-sync-service were not there for a look: " + away);
                }
            }
        }

        private long heap(HttpClient client) throws IOException, InterruptedException {
            return ServiceMemory.this.heap(client);
        }

        @Override
        public void close() throws InterruptedException {
            end.countDown();
            looking.join();
        }
    }
}
