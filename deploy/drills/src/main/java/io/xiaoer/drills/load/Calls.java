package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.load.Gateway.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a load asks of the suite before it begins and after it has ended: each call is tried again, a bounded number of
/// times, while a part of the suite is still getting ready.
public final class Calls {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 32;
    private static final int PAGE = 200;
    private static final int TRIES = 15;
    private static final Duration LEARNT = Duration.ofMinutes(5);
    /// So often in a row the bot must find it, or not: more than one instance may be asked in turn.
    private static final int FOUND = 3;
    private static final long LOOK_AGAIN_MS = 500;

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
        return expect(method, path, token, body, Map.of(), what);
    }

    /// The same with headers.
    public Reply expect(
            String method, String path, String token, @Nullable Object body, Map<String, String> headers, String what)
            throws IOException {
        var reply = call(method, path, token, body, headers);
        if (!reply.ok()) {
            throw new IOException("%s: %d %s".formatted(what, reply.status(), reply.text()));
        }
        return reply;
    }

    /// Sends lines, and wants each of them done.
    public void lines(String path, String token, String lines, String what) throws IOException {
        allDone(expect("POST", path, token, lines, what).text(), lines.lines().count(), what);
    }

    /// @param results a line for each that was sent
    static void allDone(String results, long sent, String what) throws IOException {
        var told = results.lines().filter(line -> !line.isBlank()).toList();
        for (var line : told) {
            if ("failed".equals(JSON.parseObject(line).getString("status"))) {
                throw new IOException("%s: %s".formatted(what, line));
            }
        }
        if (told.size() != sent) {
            throw new IOException("%s: %d lines were sent and %d came back".formatted(what, sent, told.size()));
        }
    }

    /// Waits until the bot has learnt what the shop's FAQ says by now.
    ///
    /// @param question of an entry that was written last, or taken away last
    /// @param stands   whether it is to be found
    public void awaitLearnt(String merchant, String question, boolean stands) throws IOException, InterruptedException {
        var until = System.nanoTime() + LEARNT.toNanos();
        var body = JSONObject.of("text", question);
        for (var seen = 0; seen < FOUND; ) {
            var search = expect("POST", "/api/v1/faqs/search", merchant, body, "asking what was learnt");
            if (hasLearnt(search) && finds(search, question) == stands) {
                seen++;
            } else if (System.nanoTime() > until) {
                throw new IOException("The bot has not learnt what the shop was taught");
            } else {
                seen = 0;
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            }
        }
    }

    /// Whether the bot has nothing left to learn.
    static boolean hasLearnt(Reply search) {
        return !search.meta().getBooleanValue("learning");
    }

    /// Whether the bot would answer this question.
    static boolean finds(Reply search, String question) {
        return search.list().stream()
                .limit(1)
                .map(candidate -> candidate.getJSONObject("attributes"))
                .anyMatch(found -> found != null && question.equals(found.getString("question")));
    }

    /// Deletes what is there.
    ///
    /// @return whether it was there
    public boolean delete(String path, String token) throws IOException {
        var reply = call("DELETE", path, token, null, Map.of());
        if (!reply.ok() && reply.status() != 404) {
            throw new IOException("deleting %s: %d %s".formatted(path, reply.status(), reply.text()));
        }
        return reply.ok();
    }

    private Reply call(String method, String path, String token, @Nullable Object body, Map<String, String> headers)
            throws IOException {
        Reply reply = null;
        ExecutionException last = null;
        for (var attempt = 0; attempt < TRIES; attempt++) {
            try {
                try {
                    reply = gateway.call(method, path, token, body, PATIENCE, headers)
                            .get();
                    if (reply.status() < 500 && reply.status() != 429) {
                        return reply;
                    }
                } catch (ExecutionException e) {
                    last = e;
                }
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(method + " " + path + " was given up", e);
            }
        }
        if (reply == null) {
            throw new IOException(method + " " + path, last);
        }
        return reply;
    }

    /// Does all of them, a few at a time, and gives what each gave, in their order. The first that fails ends the
    /// others.
    public static <T> List<T> inParallel(List<Callable<T>> calls) throws IOException, InterruptedException {
        var room = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var finished = new ExecutorCompletionService<T>(threads);
            var running = new ArrayList<Future<T>>();
            for (Callable<T> call : calls) {
                running.add(finished.submit(() -> {
                    room.acquire();
                    try {
                        return call.call();
                    } finally {
                        room.release();
                    }
                }));
            }
            try {
                for (var n = 0; n < calls.size(); n++) {
                    finished.take().get();
                }
            } catch (ExecutionException | InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
            return running.stream().map(Future::resultNow).toList();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }
}
