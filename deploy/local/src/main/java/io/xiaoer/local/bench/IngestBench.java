package io.xiaoer.local.bench;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.local.api.Api;
import io.xiaoer.local.api.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sends a file of orders as a merchant does, in batches of at most [#LINES], and tells how fast they were taken, which
/// were refused, and how much memory the service needed meanwhile.
public final class IngestBench {

    /// What one batch may have.
    public static final int LINES = 10_000;

    /// What the service's heap may hold at most while it takes a file.
    public static final long MOST_HEAP = 512L * 1024 * 1024;

    private static final int SHOWN_REFUSALS = 5;
    private static final int ATTEMPTS = 3;

    private final Api api;
    private final String token;
    private final ServiceMemory memory;

    /// @param token of the merchant whose orders they are
    public IngestBench(Api api, String token, ServiceMemory memory) {
        this.api = api;
        this.token = token;
        this.memory = memory;
    }

    /// The lines of a file, one by one.
    @FunctionalInterface
    public interface Lines {
        /// The next line; null at the end.
        @Nullable
        String next() throws IOException;
    }

    /// What came of it.
    ///
    /// @param refused lines that were not taken
    /// @param heap    the most bytes of heap that were seen in use
    /// @param resident the most bytes of memory that the process had
    public record Result(long sent, long refused, Duration took, long heap, long resident) {

        public boolean holds() {
            return refused == 0 && sent > 0 && heap <= MOST_HEAP;
        }

        /// In a few lines, for people.
        public String told() {
            double seconds = Math.max(took.toMillis(), 1) / 1000.0;
            return """
                %d orders in %.1f s: %.0f orders/s, %d refused
                order-sync-service: heap in use at most %d MB, resident at most %d MB
                heap stayed within %d MB: %s""".formatted(
                            sent,
                            seconds,
                            sent / seconds,
                            refused,
                            mb(heap),
                            mb(resident),
                            mb(MOST_HEAP),
                            heap <= MOST_HEAP ? "yes" : "NO");
        }

        private static long mb(long bytes) {
            return bytes / (1024 * 1024);
        }
    }

    /// Sends all lines; blocks until the last one was answered.
    public Result run(Lines lines) throws IOException, InterruptedException {
        long sent = 0;
        long refused = 0;
        var took = Duration.ZERO;
        try (var watched = memory.watch()) {
            for (var batch = batch(lines); batch.count() > 0; batch = batch(lines)) {
                long began = System.nanoTime();
                var reply = sent(batch.text());
                took = took.plusNanos(System.nanoTime() - began);
                sent += batch.count();
                refused += refused(reply, batch.count(), refused);
                System.err.printf(
                        Locale.ROOT, "%d sent, %.0f orders/s%n", sent, sent * 1000.0 / Math.max(1, took.toMillis()));
            }
            return new Result(sent, refused, took, watched.heap(), watched.resident());
        }
    }

    private record Batch(String text, int count) {}

    private static Batch batch(Lines lines) throws IOException {
        var text = new StringBuilder();
        int count = 0;
        while (count < LINES) {
            var line = lines.next();
            if (line == null) {
                break;
            }
            if (!line.isBlank()) {
                text.append(line).append('\n');
                count++;
            }
        }
        return new Batch(text.toString(), count);
    }

    /// The same batch may be sent again, whatever became of it.
    private Reply sent(String batch) throws IOException, InterruptedException {
        var reply = api.postLines("/api/v1/orders/batch", token, batch);
        for (int attempt = 1; attempt < ATTEMPTS && reply.transientFailure(); attempt++) {
            reply = api.postLines("/api/v1/orders/batch", token, batch);
        }
        if (!reply.ok()) {
            throw new IOException("A batch was refused: " + reply.reason());
        }
        return reply;
    }

    /// A line without an answer counts as refused.
    private static long refused(Reply reply, int expected, long shown) {
        long refused = 0;
        long answered = 0;
        for (var line : (Iterable<String>) reply.text().lines()::iterator) {
            answered++;
            if ("failed".equals(JSON.parseObject(line).getString("status"))) {
                refused++;
                if (shown + refused <= SHOWN_REFUSALS) {
                    System.err.println("refused: " + line);
                }
            }
        }
        return refused + Math.max(0, expected - answered);
    }
}
