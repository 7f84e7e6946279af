package io.xiaoer.session.connection;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A storefront app, as far as the wire goes.
final class ImClient implements AutoCloseable, WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_S = 10;

    private final LinkedBlockingQueue<JSONObject> unread = new LinkedBlockingQueue<>();
    private final List<JSONObject> all = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private volatile boolean reading;
    private final WebSocket socket;

    private ImClient(URI uri, String token, @Nullable String origin, boolean reading) {
        this.reading = reading;
        var builder = HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .subprotocols("xiaoer.v1");
        if (origin != null) {
            builder.header("Origin", origin);
        }
        this.socket = builder.buildAsync(uri, this).join();
    }

    static ImClient connect(URI uri, String token) {
        return new ImClient(uri, token, null, true);
    }

    static ImClient connect(URI uri, String token, String origin) {
        return new ImClient(uri, token, origin, true);
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            var frame = JSON.parseObject(part.toString());
            part.setLength(0);
            all.add(frame);
            unread.add(frame);
        }
        if (reading) {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    /// Reads no further than the frame after the next.
    void stopReading() {
        reading = false;
    }

    void readOn() {
        reading = true;
        socket.request(1);
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    WebSocket socket() {
        return socket;
    }

    /// Says something and gives its client id.
    String say(String sid, String text) {
        String id = UUID.randomUUID().toString();
        say(id, sid, text);
        return id;
    }

    void say(String id, String sid, String text) {
        send(new JSONObject()
                .fluentPut("type", "send")
                .fluentPut("id", id)
                .fluentPut("ts", System.currentTimeMillis())
                .fluentPut("sid", sid)
                .fluentPut("content", new JSONObject().fluentPut("kind", "text").fluentPut("text", text))
                .toString());
    }

    void sync(String after) {
        send("{\"type\":\"sync\",\"after\":\"" + after + "\"}");
    }

    /// The next frame of this type; those before it are passed over.
    JSONObject next(String type) throws InterruptedException {
        return next(frame -> type.equals(frame.getString("type")), type);
    }

    /// The next frame of this kind; those before it are passed over.
    JSONObject next(Predicate<JSONObject> wanted) throws InterruptedException {
        return next(wanted, "such frame");
    }

    private JSONObject next(Predicate<JSONObject> wanted, String name) throws InterruptedException {
        while (true) {
            var frame = unread.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no " + name + " came, but " + all);
            }
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    List<JSONObject> frames() {
        return all;
    }

    /// The ids of all messages that came, in their order.
    List<String> messageIds() {
        return all.stream()
                .filter(frame -> "message".equals(frame.getString("type")))
                .map(frame -> frame.getJSONObject("data").getString("id"))
                .toList();
    }

    int closeCode() throws Exception {
        return closed.get(60, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
