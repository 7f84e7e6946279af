package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The suite's public door.
public final class Gateway implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// A handshake that is given up too early is work for nothing, just when there is much to do.
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    private final URI address;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    public Gateway(URI address) {
        this.address = address;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    /// What came back.
    public record Reply(int status, java.net.http.HttpHeaders headers, String text) {

        /// The body; empty if it is not an object.
        public JSONObject json() {
            try {
                var json = JSON.parseObject(text);
                return json == null ? new JSONObject() : json;
            } catch (JSONException e) {
                return new JSONObject();
            }
        }

        public JSONObject data() {
            return json().get("data") instanceof JSONObject data ? data : new JSONObject();
        }

        public List<JSONObject> list() {
            return json().get("data") instanceof JSONArray array ? array.toJavaList(JSONObject.class) : List.of();
        }

        public JSONObject meta() {
            return json().get("meta") instanceof JSONObject meta ? meta : new JSONObject();
        }

        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    public CompletableFuture<Reply> call(
            String method, String path, String token, @Nullable Object body, Duration patience) {
        return call(method, path, token, body, patience, Map.of());
    }

    public CompletableFuture<Reply> call(
            String method,
            String path,
            String token,
            @Nullable Object body,
            Duration patience,
            Map<String, String> headers) {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(patience)
                .header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", body instanceof String ? "application/x-ndjson" : "application/json");
        }
        var text = body == null ? null : body instanceof String lines ? lines : JSON.toJSONString(body);
        request.method(method, text == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text));
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(response -> new Reply(response.statusCode(), response.headers(), response.body()));
    }

    /// Connects as [Dial#connect] tells.
    public CompletableFuture<WebSocket> connect(String device, String token, WebSocket.Listener listener) {
        var socket = URI.create(address.toString().replaceFirst("^http", "ws") + "/im?device=" + device);
        return http.newWebSocketBuilder()
                .connectTimeout(HANDSHAKE)
                .header("Authorization", "Bearer " + token)
                .subprotocols("xiaoer.v1")
                .buildAsync(socket, listener);
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
