package io.xiaoer.bot;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.xiaoer.common.access.TestIssuers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/// session-service and order-sync-service as far as the bot calls them, over real HTTP.
public final class Neighbours implements AutoCloseable {

    /// The secret that this bot has at session-service.
    public static final String SECRET = "test-" + java.util.UUID.randomUUID();

    private final HttpServer server;
    private final TestIssuers issuers;
    private volatile int handOffStatus = 200;
    private final List<JSONObject> handOffs = new CopyOnWriteArrayList<>();
    private volatile Function<JSONObject, Map<String, Object>> orders = variables -> Map.of();
    private volatile Function<CommandCall, CommandReply> commands = call -> new CommandReply(404, Map.of());
    private volatile Consumer<String> warming = user -> {};
    private volatile boolean up = true;

    Neighbours(TestIssuers issuers) {
        this.issuers = issuers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/tokens", exchange -> {
            var asked = body(exchange);
            boolean known = exchange.getRequestHeaders()
                    .getFirst("Authorization")
                    .equals("Basic "
                            + java.util.Base64.getEncoder()
                                    .encodeToString(("bot-service:" + SECRET).getBytes(StandardCharsets.UTF_8)));
            var token = issuers.suite(claims -> claims.subject("bot-service")
                    .audience(List.of("xiaoer", asked.getString("aud")))
                    .claim("shop_id", asked.getString("shop_id"))
                    .claim("act", "bot-service")
                    .claim("scope", "internal"));
            answer(
                    exchange,
                    known ? 200 : 401,
                    Map.of("data", Map.of("type", "token", "attributes", Map.of("token", token, "expires_in", 300))));
        });
        server.createContext("/internal/warm", exchange -> {
            warming.accept(body(exchange).getString("user"));
            answer(exchange, 204, Map.of());
        });
        server.createContext("/internal/handoffs", exchange -> {
            var wish = body(exchange);
            boolean repeated = handOffs.stream()
                    .anyMatch(known -> known.getString("question").equals(wish.getString("question")));
            handOffs.add(wish);
            answer(exchange, handOffStatus, Map.of("data", Map.of("attributes", Map.of("repeated", repeated))));
        });
        server.createContext("/graphql", exchange -> {
            boolean bearer =
                    exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ");
            var variables = body(exchange).getJSONObject("variables");
            answer(exchange, bearer && up ? 200 : 503, orders.apply(variables));
        });
        server.createContext("/api/v1/commands", exchange -> {
            var headers = exchange.getRequestHeaders();
            var post = exchange.getRequestMethod().equals("POST");
            var reply = commands.apply(new CommandCall(
                    exchange.getRequestURI().getPath().substring("/api/v1/commands/".length()),
                    String.valueOf(headers.getFirst("X-User-Id")),
                    String.valueOf(headers.getFirst("Idempotency-Key")),
                    post ? body(exchange) : new JSONObject()));
            answer(exchange, up ? reply.status() : 503, reply.body());
        });
        server.start();
    }

    /// A command that was asked for, or looked at.
    ///
    /// @param path its kind, or its id
    public record CommandCall(String path, String shopper, String key, JSONObject body) {}

    /// What is answered to that.
    public record CommandReply(int status, Map<String, Object> body) {
        /// A command as order-sync-service shows it.
        public static CommandReply of(int status, String id, String state, String reason) {
            return new CommandReply(
                    status,
                    Map.of(
                            "data",
                            Map.of(
                                    "id",
                                    id,
                                    "type",
                                    "command",
                                    "attributes",
                                    Map.of("status", state, "reason", reason, "updated_at", "2026-11-11T12:00:00Z"))));
        }
    }

    /// How order-sync-service answers to commands.
    public void commands(Function<CommandCall, CommandReply> answers) {
        commands = answers;
    }

    /// The base address of both.
    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// How order-sync-service answers, by the variables of the call.
    public void orders(Function<JSONObject, Map<String, Object>> answers) {
        orders = answers;
    }

    /// What happens when a user is to be warmed.
    public void warming(Consumer<String> warms) {
        warming = warms;
    }

    /// Whether order-sync-service answers.
    public void up(boolean answers) {
        up = answers;
    }

    /// What session-service says to hand-offs, 409 if nobody is there.
    public void handingOff(int status) {
        handOffStatus = status;
    }

    /// The hand-offs that were asked for.
    public List<JSONObject> handOffs() {
        return new ArrayList<>(handOffs);
    }

    @Override
    public void close() {
        server.stop(0);
        issuers.close();
    }

    private static JSONObject body(HttpExchange exchange) throws IOException {
        return JSON.parseObject(exchange.getRequestBody().readAllBytes());
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = status == 204 ? new byte[0] : JSON.toJSONBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
        if (status != 204) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
