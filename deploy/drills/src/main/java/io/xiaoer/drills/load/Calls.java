package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.load.Gateway.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What a load asks of the suite before it begins and after it has ended: each call is tried again, a bounded number of
/// times, while a part of the suite is still getting ready.
public final class Calls {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 32;
    private static final int PAGE = 200;
    private static final int TRIES = 15;

    private final Gateway gateway;

    public Calls(Gateway gateway) {
        this.gateway = gateway;
    }

    /// A token by which the shop vouches for the user.
    public String chatToken(String merchant, String user) throws IOException {
        var body = JSONObject.of("user_id", user);
        var attributes = expect("POST", "/api/v1/bot/chat-tokens", merchant, body, "a chat token")
                .data()
                .getJSONObject("attributes");
        return Objects.requireNonNull(attributes.getString("token"));
    }

    /// The user's session, opened if there is none.
    public String session(String token) throws IOException {
        var body = JSONObject.of("device", "app");
        var session = expect("POST", "/api/v1/bot/sessions", token, body, "a session");
        return Objects.requireNonNull(session.data().getString("id"));
    }

    /// The whole log, oldest first.
    ///
    /// @param messages the path of a session's messages
    public List<Message> log(String messages, String token) throws IOException {
        var log = new ArrayList<Message>();
        while (true) {
            var after = log.isEmpty() ? Message.ZERO : log.getLast().id();
            var path = "%s?last_message_id=%s&limit=%d".formatted(messages, after, PAGE);
            var page = expect("GET", path, token, null, "reading " + messages).list();
            if (page.isEmpty()) {
                return log;
            }
            page.forEach(resource -> log.add(Message.of(resource)));
        }
    }

    /// Calls, and wants it done.
    ///
    /// @param what is wanted, for whoever reads that it was refused
    public Reply expect(String method, String path, String token, @Nullable Object body, String what)
            throws IOException {
        var reply = call(method, path, token, body);
        if (!reply.ok()) {
            throw new IOException("%s: %d %s".formatted(what, reply.status(), reply.text()));
        }
        return reply;
    }

    private Reply call(String method, String path, String token, @Nullable Object body) throws IOException {
        Reply reply = null;
        CompletionException last = null;
        for (var attempt = 0; attempt < TRIES; attempt++) {
            try {
                reply = gateway.call(method, path, token, body, PATIENCE).join();
                if (reply.status() < 500 && reply.status() != 429) {
                    return reply;
                }
            } catch (CompletionException e) {
                last = e;
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        if (reply == null) {
            throw new IOException(method + " " + path, last);
        }
        return reply;
    }

    /// Does all of them, a few at a time, and gives what each gave, in their order.
    public static <T> List<T> inParallel(List<Callable<T>> calls) throws IOException, InterruptedException {
        var room = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        return call.call();
                    } finally {
                        room.release();
                    }
                }));
            }
            var results = new ArrayList<T>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }
}
