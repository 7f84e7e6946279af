package io.xiaoer.drills.command;

import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Gateway.Reply;
import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The shop's own server: it knows the shop's secret, and repeats a call until it is answered.
public final class Backend {
    /// Longer than a crowd of calls may have to wait for its turn: who leaves the queue has to stand in it again.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long FIRST_PAUSE_MS = 250;
    private static final int MOST_DOUBLINGS = 4;
    private static final int TRIES = 60;

    private final Gateway gateway;
    private final DrilledSuite suite;
    private final String shop;
    private volatile String token;

    public Backend(Gateway gateway, DrilledSuite suite, String shop) throws IOException, InterruptedException {
        this.gateway = gateway;
        this.suite = suite;
        this.shop = shop;
        this.token = suite.merchant(shop);
    }

    /// The first answer that is no reason to ask again: neither 409 nor 429 nor 5xx, nor a broken connection.
    ///
    /// @param chance for the jitter of the pauses
    /// @throws IOException if there was none in so many tries
    public Reply untilAnswered(
            String method, String path, @Nullable Object body, Map<String, String> headers, RandomGenerator chance)
            throws IOException, InterruptedException {
        var last = "no answer";
        for (var attempt = 0; attempt < TRIES; attempt++) {
            try {
                var reply = gateway.call(method, path, token, body, PATIENCE, headers)
                        .join();
                if (reply.status() == 401) {
                    token = suite.merchant(shop);
                } else if (reply.status() < 500 && reply.status() != 409 && reply.status() != 429) {
                    return reply;
                }
                last = reply.status() + " " + reply.text();
            } catch (CompletionException broken) {
                last = String.valueOf(broken.getCause());
            }
            var most = FIRST_PAUSE_MS << Math.min(attempt, MOST_DOUBLINGS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(most / 2 + chance.nextLong(most)));
        }
        throw new IOException("%s %s: %s".formatted(method, path, last));
    }

    /// The same, of a call that must succeed.
    public Reply expect(String method, String path, @Nullable Object body, RandomGenerator chance)
            throws IOException, InterruptedException {
        var reply = untilAnswered(method, path, body, Map.of(), chance);
        if (!reply.ok()) {
            throw new IOException("%s %s: %d %s".formatted(method, path, reply.status(), reply.text()));
        }
        return reply;
    }
}
