package io.xiaoer.gateway.route;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// How long the answer to a call may take.
///
/// @param patience until its first byte
/// @param waits whether the call asks to be kept waiting, and so holds its connection on purpose
record Deadline(Duration patience, boolean waits) {

    /// Calls that work on many things: orders, entries, tasks, deliveries.
    private static final List<String> MANY_AT_ONCE =
            List.of("/orders/batch", "/faqs/import", "/api/v1/compensations/replay", "/redeliver");

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    private static final Pattern PREFER_WAIT = Pattern.compile("(?i)(?:^|[,;\\s])wait\\s*=\\s*\"?([0-9]{1,6})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    static Deadline of(ServerHttpRequest request, RouteSettings settings) {
        var path = request.getPath().value();
        if (MANY_AT_ONCE.stream().anyMatch(path::endsWith)) {
            return new Deadline(settings.batchTimeout(), true);
        }
        if (path.equals("/graphql")) {
            return new Deadline(settings.cardTimeout(), true);
        }
        var wait = wait(request);
        return wait.isZero()
                ? new Deadline(settings.responseTimeout(), false)
                : new Deadline(wait.plus(settings.waitGrace()), true);
    }

    private static Duration wait(ServerHttpRequest request) {
        var longest = Duration.ZERO;
        for (var line : request.getHeaders().getOrEmpty("Prefer")) {
            var found = PREFER_WAIT.matcher(line);
            if (found.find()) {
                longest = longer(longest, found.group(1));
            }
        }
        var query = request.getQueryParams().getFirst("wait");
        return query != null && NUMBER.matcher(query).matches() ? longer(longest, query) : longest;
    }

    private static Duration longer(Duration known, String seconds) {
        var asked = Duration.ofSeconds(Long.parseLong(seconds));
        var wait = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        return wait.compareTo(known) > 0 ? wait : known;
    }
}
