package io.xiaoer.ordersync.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.json.JsonMapper;

/// Writes the results of a batch so that neither side waits for the other: most callers read nothing before
/// they have sent everything, so results are kept until the body is read, but for one a second, which tells
/// the proxies between that work goes on. Holds at most the results of one batch.
final class ResultStream implements BatchIngestion.Results {

    private static final Duration BEAT = Duration.ofSeconds(1);

    private final OutputStream out;
    private final JsonMapper json;
    private final Clock clock;
    private final Deque<LineResult> kept = new ArrayDeque<>();
    private Instant last;

    ResultStream(OutputStream out, JsonMapper json, Clock clock) {
        this.out = out;
        this.json = json;
        this.clock = clock;
        this.last = clock.instant();
    }

    @Override
    public void add(LineResult result) throws IOException {
        kept.add(result);
        if (!clock.instant().isBefore(last.plus(BEAT))) {
            write(kept.removeFirst());
            out.flush();
            last = clock.instant();
        }
    }

    /// Writes what is kept; the body has been read.
    void finish() throws IOException {
        for (var result : kept) {
            write(result);
        }
        kept.clear();
        out.flush();
    }

    private void write(LineResult result) throws IOException {
        out.write(json.writeValueAsBytes(result));
        out.write('\n');
    }
}
