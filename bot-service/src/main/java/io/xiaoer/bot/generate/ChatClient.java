package io.xiaoer.bot.generate;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.generate.ModelFailure.Reason;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// Talks to an endpoint in the protocol that OpenAI made common: one POST, the answer as server-sent events. A call
/// ends with its deadline, at an interrupt or at the first thing that is not as the protocol says, and its connection
/// with it. While the endpoint wants to be left alone (429, `Retry-After`) it is.
final class ChatClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    private static final Duration LEFT_ALONE_AT_MOST = Duration.ofMinutes(5);

    private final GenerationSettings settings;
    private final Clock clock;
    private final HttpClient http;
    private final AtomicReference<Instant> leftAloneUntil = new AtomicReference<>(Instant.EPOCH);

    ChatClient(GenerationSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /// Hears the text as it is written.
    interface Listener {
        void said(String piece) throws ModelFailure;

        /// Called again and again while more is awaited, several times a second at least.
        ///
        /// @throws ModelFailure to end the call
        default void waits() throws ModelFailure {}
    }

    /// Lets the model take its turn.
    ///
    /// @param body the request
    /// @throws ModelFailure if no whole turn comes; what the listener heard before is then void
    /// @throws InterruptedException the call is given up
    ChatTurn ask(Map<String, Object> body, Deadline deadline, Listener listener)
            throws ModelFailure, InterruptedException {
        if (clock.instant().isBefore(leftAloneUntil.get())) {
            throw new ModelFailure(Reason.LIMITED);
        }
        var first = Deadline.in(deadline.leftWithin(settings.firstToken()), clock);
        try (var events = new EventStream(listener)) {
            check(send(body, events, first, deadline, listener));
            return read(events, first, deadline, listener);
        }
    }

    private HttpResponse<Void> send(
            Map<String, Object> body, EventStream events, Deadline first, Deadline deadline, Listener listener)
            throws ModelFailure, InterruptedException {
        var request = HttpRequest.newBuilder(settings.completions())
                .timeout(deadline.left().plusMillis(1))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofByteArray(JSON.toJSONBytes(body)));
        if (!settings.key().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        var coming = http.sendAsync(request.build(), headers -> events);
        try {
            return begun(coming, first, listener);
        } catch (ExecutionException e) {
            throw new ModelFailure(e.getCause() instanceof IOException ? Reason.AWAY : Reason.UNREADABLE);
        } finally {
            coming.cancel(true);
        }
    }

    private static HttpResponse<Void> begun(
            CompletableFuture<HttpResponse<Void>> coming, Deadline first, Listener listener)
            throws ModelFailure, ExecutionException, InterruptedException {
        while (true) {
            listener.waits();
            try {
                return coming.get(first.leftWithin(TICK).toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (first.left().toMillis() == 0) {
                    throw new ModelFailure(Reason.SLOW_FIRST_TOKEN);
                }
            }
        }
    }

    private void check(HttpResponse<?> response) throws ModelFailure {
        int status = response.statusCode();
        if (status == 429) {
            leftAloneUntil.set(clock.instant().plus(retryAfter(response)));
            throw new ModelFailure(Reason.LIMITED);
        }
        if (status != 200) {
            throw new ModelFailure(status >= 400 && status < 500 ? Reason.REFUSED : Reason.AWAY);
        }
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String said = response.headers().firstValue("Retry-After").orElse("");
        var pause = said.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(said)) : LEFT_ALONE;
        return pause.compareTo(LEFT_ALONE_AT_MOST) > 0 ? LEFT_ALONE_AT_MOST : pause;
    }

    private static ChatTurn read(EventStream events, Deadline first, Deadline deadline, Listener listener)
            throws ModelFailure, InterruptedException {
        var turn = new ChatReader(listener);
        while (true) {
            boolean begun = turn.hasBegun();
            String data = events.next(
                    begun ? deadline.left() : first.left(), begun ? Reason.TOO_SLOW : Reason.SLOW_FIRST_TOKEN);
            if (data == null || data.equals("[DONE]")) {
                return turn.end();
            }
            turn.take(data);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
