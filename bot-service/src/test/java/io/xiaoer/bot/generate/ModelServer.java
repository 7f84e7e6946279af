package io.xiaoer.bot.generate;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An endpoint that speaks the protocol of chat completions over real HTTP, with whatever fault a test wants.
final class ModelServer implements AutoCloseable {

    private final HttpServer server;
    private final List<JSONObject> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicReference<Answering> answering = new AtomicReference<>(Line::end);

    /// What it does with a request.
    interface Answering {
        void answer(Line line) throws IOException, InterruptedException;
    }

    ModelServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> {
            requests.add(JSON.parseObject(exchange.getRequestBody().readAllBytes()));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            try (exchange) {
                answering.get().answer(new Line(exchange, requests.size()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    void answers(Answering how) {
        answering.set(how);
    }

    /// It says these pieces, as it should.
    void says(String... pieces) {
        answers(line -> {
            line.begin();
            for (String piece : pieces) {
                line.say(piece);
            }
            line.finish("stop");
        });
    }

    List<JSONObject> requests() {
        return List.copyOf(requests);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /// One answer on its way.
    static final class Line {

        private final HttpExchange exchange;
        private final int number;

        Line(HttpExchange exchange, int number) {
            this.exchange = exchange;
            this.number = number;
        }

        /// Which request this is, from 1.
        int number() {
            return number;
        }

        void begin() throws IOException {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
        }

        void refuse(int status, @Nullable String retryAfter) throws IOException {
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            byte[] body = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }

        void raw(String text) throws IOException {
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }

        /// Says nothing more; returns when the other side has ended the connection.
        void waitsUntilGone() throws InterruptedException {
            try {
                while (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
                    raw(": wait\n\n");
                }
            } catch (IOException e) {
                // It is gone.
            }
        }

        void event(Map<String, ?> data) throws IOException {
            raw("data: " + JSON.toJSONString(data) + "\n\n");
        }

        void say(String piece) throws IOException {
            event(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of("content", piece)))));
        }

        void call(String name, String arguments) throws IOException {
            String half = arguments.substring(0, arguments.length() / 2);
            delta(Map.of("index", 0, "id", "call-1", "function", Map.of("name", name, "arguments", half)));
            delta(Map.of("index", 0, "function", Map.of("arguments", arguments.substring(half.length()))));
            finish("tool_calls");
        }

        private void delta(Map<String, ?> call) throws IOException {
            event(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of("tool_calls", List.of(call))))));
        }

        void finish(String reason) throws IOException {
            event(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", reason))));
            event(Map.of("choices", List.of(), "usage", Map.of("total_tokens", 100)));
            end();
        }

        void end() throws IOException {
            raw("data: [DONE]\n\n");
        }
    }
}
