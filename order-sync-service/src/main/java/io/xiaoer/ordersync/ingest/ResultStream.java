package io.xiaoer.ordersync.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/// Writes the results of a batch, whose caller has sent everything, and flushes them each second, which
/// tells the proxies between that work goes on.
final class ResultStream implements BatchIngestion.Results {

    private static final Duration BEAT = Duration.ofSeconds(1);

    private final OutputStream out;
    private final JsonMapper json;
    private final Clock clock;
    private Instant last;

    ResultStream(OutputStream out, JsonMapper json, Clock clock) {
        this.out = out;
        this.json = json;
        this.clock = clock;
        this.last = clock.instant();
    }

    @Override
    public void add(LineResult result) throws IOException {
        out.write(json.writeValueAsBytes(result));
        out.write('\n');
        if (!clock.instant().isBefore(last.plus(BEAT))) {
            out.flush();
            last = clock.instant();
        }
    }

    void finish() throws IOException {
        out.flush();
    }
}
