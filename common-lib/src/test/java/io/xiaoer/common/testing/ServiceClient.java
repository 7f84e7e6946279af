package io.xiaoer.common.testing;

import io.xiaoer.common.rest.RestJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the service as a caller from outside would: over HTTP, with a token.
public final class ServiceClient {

    private static final JsonMapper JSON = RestJson.mapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final @Nullable String token;

    public ServiceClient(int port, @Nullable String token) {
        this.port = port;
        this.token = token;
    }

    /// What came back.
    public record Response(int status, HttpHeaders headers, String text) {
        public String type() {
            return header("Content-Type");
        }

        /// A header of the answer; empty if it is not there.
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public JsonNode json() {
            return JSON.readTree(text);
        }

        /// The lines of NDJSON.
        public List<JsonNode> lines() {
            return text.lines().map(JSON::readTree).toList();
        }

        /// The `data` of a good answer; of any other, an error that shows it.
        public JsonNode data() {
            if (status / 100 != 2) {
                throw new AssertionError("answered " + status + ": " + text);
            }
            return json().path("data");
        }

        public JsonNode attributes() {
            return json().path("data").path("attributes");
        }
    }

    public Response get(String path) {
        return send(request(path).GET());
    }

    public Response getXml(String path) {
        return send(request(path).GET().setHeader("Accept", "application/xml"));
    }

    public Response put(String path, Object body) {
        return send(body("PUT", path, "application/json", JSON.writeValueAsString(body)));
    }

    public Response post(String path, Object body) {
        return send(body("POST", path, "application/json", JSON.writeValueAsString(body)));
    }

    /// With that `Idempotency-Key`.
    public Response postUnder(String key, String path, Object body) {
        return send(body("POST", path, "application/json", JSON.writeValueAsString(body))
                .setHeader("Idempotency-Key", key));
    }

    public Response batch(String lines) {
        return send(body("POST", "/api/v1/orders/batch", "application/x-ndjson", lines));
    }

    public Response send(String method, String path, String type, String text) {
        return send(body(method, path, type, text));
    }

    public Response send(String method, String path, String type, byte[] body) {
        return send(request(path)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader("Content-Type", type));
    }

    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    public static JsonNode tree(Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    private HttpRequest.Builder body(String method, String path, String type, String text) {
        return request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(text))
                .setHeader("Content-Type", type);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .setHeader("Accept", "application/json");
        return token == null ? request : request.setHeader("Authorization", "Bearer " + token);
    }

    private static Response send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Response(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
