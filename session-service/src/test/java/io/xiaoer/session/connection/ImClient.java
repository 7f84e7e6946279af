package io.xiaoer.session.connection;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A storefront app, as far as the wire goes.
final class ImClient implements AutoCloseable, WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_S = 40;
    private static final int TRIES = 10;

    private final LinkedBlockingDeque<JSONObject> unread = new LinkedBlockingDeque<>();
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
        this.socket =
                builder.buildAsync(uri, this).orTimeout(30, TimeUnit.SECONDS).join();
    }

    static ImClient connect(URI uri, String token) {
        return new ImClient(uri, token, null, true);
    }

    static ImClient connect(URI uri, String token, String origin) {
        return new ImClient(uri, token, origin, true);
    }

    /// Connects and reads the `welcome`. Like any client it comes again when it is told to (4000), as while an archive
    /// that was just handed to another node catches up.
    static ImClient greeted(URI uri, String token) throws InterruptedException {
        for (int i = 1; ; i++) {
            var client = connect(uri, token);
            var frame = client.unread.poll(1, TimeUnit.MILLISECONDS);
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (frame == null && !client.closed.isDone() && System.nanoTime() < end) {
                frame = client.unread.poll(100, TimeUnit.MILLISECONDS);
            }
            if (frame != null || client.closed.getNow(0) != CloseCode.GOING_AWAY.code() || i == TRIES) {
                if (frame == null || !"welcome".equals(frame.getString("type"))) {
                    throw new AssertionError("no welcome came, but " + client.all + " and " + client.closed);
                }
                return client;
            }
        }
    }

    /// As [#greeted], with the `welcome` still to be read.
    static ImClient arrived(URI uri, String token) throws InterruptedException {
        var client = greeted(uri, token);
        client.unread.addFirst(client.all.getFirst());
        return client;
    }

    /// Says something until it is acknowledged, with the same id each time.
    ///
    /// @return the message's id
    String sayUntilTaken(String sid, String text) throws InterruptedException {
        String id = UUID.randomUUID().toString();
        for (int i = 1; ; i++) {
            say(id, sid, text);
            var answer = next(frame -> id.equals(frame.getString("id")));
            if ("ack".equals(answer.getString("type"))) {
                return answer.getString("message_id");
            }
            if (!answer.getBooleanValue("retryable") || i == TRIES) {
                throw new AssertionError("not taken: " + answer);
            }
        }
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
        socket.sendText(text, true).orTimeout(30, TimeUnit.SECONDS).join();
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
