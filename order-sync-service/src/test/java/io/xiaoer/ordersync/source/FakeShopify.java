package io.xiaoer.ordersync.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.xiaoer.common.testing.ServiceClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A store on a real server: the orders of the REST Admin API by the moment of their change, a few on a page, with a
/// cursor that takes no other filter beside it.
final class FakeShopify implements AutoCloseable {

    static final int ON_A_PAGE = 2;

    final String token = "shpat_" + UUID.randomUUID();
    final Map<String, Map<String, Object>> orders = new ConcurrentHashMap<>();
    final AtomicInteger lists = new AtomicInteger();
    final AtomicInteger strangers = new AtomicInteger();
    /// What the next calls of lists are answered instead; a null body cuts the connection.
    final ConcurrentLinkedDeque<Reply> instead = new ConcurrentLinkedDeque<>();

    /// What happens while the next calls of lists are under way, before they are answered.
    final ConcurrentLinkedDeque<Runnable> meanwhile = new ConcurrentLinkedDeque<>();

    private final Map<String, List<Map<String, Object>>> cursors = new ConcurrentHashMap<>();
    private final HttpServer server;

    record Reply(int status, Map<String, String> headers, String body) {}

    FakeShopify() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// An order with one article and no parcel.
    Map<String, Object> add(String id, Instant updatedAt) {
        var order = order(id, updatedAt);
        orders.put(id, order);
        return order;
    }

    static Map<String, Object> order(String id, Instant updatedAt) {
        var order = new LinkedHashMap<String, Object>();
        order.put("id", Long.parseLong(id));
        order.put("name", "#" + id);
        order.put("created_at", "2026-11-01T08:00:00+08:00");
        order.put("updated_at", updatedAt.toString());
        order.put("currency", "EUR");
        order.put("total_price", "19.90");
        order.put("financial_status", "paid");
        order.put("fulfillment_status", null);
        order.put("customer", Map.of("id", 77, "first_name", "Erika"));
        order.put(
                "line_items", List.of(Map.of("id", 1, "sku", "mug", "title", "Mug", "quantity", 1, "price", "19.90")));
        order.put(
                "shipping_address",
                Map.of(
                        "name",
                        "Erika Musterfrau",
                        "phone",
                        "+4915112345678",
                        "address1",
                        "Hauptstr. 1",
                        "city",
                        "Bonn"));
        order.put("fulfillments", List.of());
        order.put("refunds", List.of());
        return order;
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            if (!token.equals(call.getRequestHeaders().getFirst("X-Shopify-Access-Token"))) {
                strangers.incrementAndGet();
                reply(call, new Reply(401, Map.of(), "{\"errors\":\"[API] Invalid API key or access token\"}"));
                return;
            }
            var path = call.getRequestURI().getPath();
            if (path.endsWith("/orders.json")) {
                lists.incrementAndGet();
                var happens = meanwhile.poll();
                if (happens != null) {
                    happens.run();
                }
                var other = instead.poll();
                reply(call, other == null ? page(query(call.getRequestURI().getRawQuery())) : other);
                return;
            }
            var order = orders.get(path.substring(path.lastIndexOf('/') + 1).replace(".json", ""));
            reply(
                    call,
                    order == null
                            ? new Reply(404, Map.of(), "{\"errors\":\"Not Found\"}")
                            : new Reply(200, Map.of(), ServiceClient.json(Map.of("order", order))));
        }
    }

    private Reply page(Map<String, String> query) {
        var cursor = query.get("page_info");
        if (cursor != null && query.containsKey("updated_at_min")) {
            return new Reply(400, Map.of(), "{}");
        }
        var rest = cursor == null ? since(query.getOrDefault("updated_at_min", "")) : cursors.get(cursor);
        if (rest == null) {
            return new Reply(400, Map.of(), "{}");
        }
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Shopify-Shop-Api-Call-Limit", "1/40");
        if (rest.size() > ON_A_PAGE) {
            var next = UUID.randomUUID().toString();
            cursors.put(next, rest.subList(ON_A_PAGE, rest.size()));
            headers.put(
                    "Link",
                    "<" + address() + "/admin/api/2026-01/orders.json?limit=2&page_info=p>; rel=\"previous\", <"
                            + address() + "/admin/api/2026-01/orders.json?limit=2&page_info=" + next
                            + ">; rel=\"next\"");
        }
        return new Reply(
                200, headers, ServiceClient.json(Map.of("orders", rest.subList(0, Math.min(ON_A_PAGE, rest.size())))));
    }

    private List<Map<String, Object>> since(String from) {
        var least = OffsetDateTime.parse(from).toInstant();
        return orders.values().stream()
                .filter(order -> !changed(order).isBefore(least))
                .sorted(Comparator.comparing(FakeShopify::changed))
                .toList();
    }

    private static Instant changed(Map<String, Object> order) {
        return Instant.parse(String.valueOf(order.get("updated_at")));
    }

    private static Map<String, String> query(String raw) {
        var query = new LinkedHashMap<String, String>();
        for (var pair : raw.split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void reply(HttpExchange call, Reply reply) throws IOException {
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(call.getResponseHeaders()::set);
        call.sendResponseHeaders(reply.status(), body.length);
        call.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
