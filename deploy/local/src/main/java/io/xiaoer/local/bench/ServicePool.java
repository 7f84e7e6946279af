package io.xiaoer.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;

/// The database connections of one service, as its own metrics tell of them.
///
/// @param managementPort where the metrics are
public record ServicePool(int managementPort) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// The connections at one moment.
    ///
    /// @param inUse    by work
    /// @param waiting  work that waits for one
    /// @param timeouts work that waited in vain, since the service started
    public record Look(long inUse, long waiting, long timeouts) {

        /// The highest of both.
        Look orMore(Look other) {
            return new Look(
                    Math.max(inUse, other.inUse), Math.max(waiting, other.waiting), Math.max(timeouts, other.timeouts));
        }

        String told() {
            return String.format(Locale.ROOT, "%d in use, %d waiting", inUse, waiting);
        }
    }

    Look look(HttpClient client) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus"))
                .timeout(PATIENCE)
                .build();
        var metrics = client.send(request, BodyHandlers.ofString()).body();
        return new Look(
                sum(metrics, "hikaricp_connections_active{"),
                sum(metrics, "hikaricp_connections_pending{"),
                sum(metrics, "hikaricp_connections_timeout_total{"));
    }

    private static long sum(String metrics, String prefix) {
        return metrics.lines()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
