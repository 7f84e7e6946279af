package io.xiaoer.systemtests;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection and every frame that came over it.
final class Device implements WebSocket.Listener, AutoCloseable {

    private final List<JSONObject> frames = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;

    /// Connects and waits for `welcome`.
    static Device connect(URI base, String token, String device) {
        return connect(Rest.HTTP, URI.create(base + "/im?device=" + device), "Authorization", "Bearer " + token);
    }

    /// As above, by a client and to an address of one's own.
    static Device connect(HttpClient client, URI address, String... headers) {
        var listener = new Device();
        var handshake = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        for (int i = 0; i < headers.length; i += 2) {
            handshake.header(headers[i], headers[i + 1]);
        }
        listener.socket = handshake
                .buildAsync(URI.create(address.toString().replaceFirst("^http", "ws")), listener)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        listener.await("welcome", frame -> true);
        return listener;
    }

    /// Sends a text and gives the frame's id.
    String send(String sid, String text) {
        String id = UUID.randomUUID().toString();
        send(id, sid, text);
        return id;
    }

    void send(String id, String sid, String text) {
        write(Map.of(
                "type",
                "send",
                "id",
                id,
                "ts",
                System.currentTimeMillis(),
                "sid",
                sid,
                "content",
                Map.of("kind", "text", "text", text)));
    }

    void write(Map<String, Object> frame) {
        writeText(JSON.toJSONString(frame));
    }

    void writeText(String text) {
        Objects.requireNonNull(socket)
                .sendText(text, true)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /// The first frame of a type that fits, when it is there.
    JSONObject await(String type, Predicate<JSONObject> fits) {
        return Awaitility.await("frame " + type)
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> frames.stream()
                                .filter(frame -> type.equals(frame.getString("type")) && fits.test(frame))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    /// Every frame of a type that came until now.
    List<JSONObject> all(String type) {
        return frames.stream()
                .filter(frame -> type.equals(frame.getString("type")))
                .toList();
    }

    /// Ids of all messages in the order in which they came.
    List<String> messageIds() {
        return frames.stream()
                .filter(frame -> "message".equals(frame.getString("type")))
                .map(frame -> frame.getJSONObject("data").getString("id"))
                .toList();
    }

    /// The message whose text is this.
    JSONObject awaitMessage(String text) {
        return await("message", frame -> text.equals(content(frame).getString("text")));
    }

    static JSONObject content(JSONObject messageFrame) {
        return messageFrame.getJSONObject("data").getJSONObject("attributes").getJSONObject("content");
    }

    int closeCode() {
        return closed.orTimeout(60, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            frames.add(JSON.parseObject(part.toString()));
            part.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(-1);
    }

    @Override
    public void close() {
        Objects.requireNonNull(socket).abort();
    }
}
