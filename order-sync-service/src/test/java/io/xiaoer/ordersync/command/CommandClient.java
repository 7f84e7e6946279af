package io.xiaoer.ordersync.command;

import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.HttpCall.Reply;
import io.xiaoer.common.testing.TestIssuers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/// A shop's backend that sends commands and sees how they end.
public record CommandClient(int port, String shop) {
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    public static String key() {
        return UUID.randomUUID().toString();
    }

    /// Sends a command under a key of its own.
    public Reply post(String kind, String body) {
        return post(kind, key(), body);
    }

    public Reply post(String kind, String key, String body) {
        return HttpCall.post(url("/commands/" + kind))
                .bearer(TestIssuers.merchant(shop))
                .header("Idempotency-Key", key)
                .json(body)
                .send();
    }

    /// The id of a command that must be accepted.
    public String accepted(String kind, String body) {
        return id(post(kind, body));
    }

    public static String id(Reply reply) {
        if (reply.status() != 202) {
            throw new AssertionError("not accepted: " + reply);
        }
        return reply.json("data", "id").asString();
    }

    public Reply get(String path) {
        return HttpCall.get(url(path)).bearer(TestIssuers.merchant(shop)).send();
    }

    public Reply put(String path, String body) {
        return HttpCall.put(url(path))
                .bearer(TestIssuers.merchant(shop))
                .json(body)
                .send();
    }

    public String status(String id) {
        return get("/commands/" + id).json("data", "attributes", "status").asString();
    }

    public String reason(String id) {
        return get("/commands/" + id).json("data", "attributes", "reason").asString();
    }

    public void awaitStatus(String id, String status) {
        await().atMost(PATIENCE).until(() -> status(id), status::equals);
    }

    /// How the command ended.
    public String awaitEnd(String id) {
        return await().atMost(PATIENCE).until(() -> status(id), end -> end.equals("applied") || end.equals("failed"));
    }

    /// Calls of many threads, as near to one moment as can be.
    public static <T> List<T> atOnce(int times, IntFunction<T> call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<T>>();
            for (int number = 0; number < times; number++) {
                int each = number;
                calls.add(() -> call.apply(each));
            }
            var results = new ArrayList<T>();
            for (var result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public String url(String path) {
        return "http://localhost:" + port + "/api/v1" + path;
    }
}
