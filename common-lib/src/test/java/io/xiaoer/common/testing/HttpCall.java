package io.xiaoer.common.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One REST call of a test, as a client makes it: `HttpCall.post(url).bearer(token).json("{…}").send()`.
public final class HttpCall {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final JsonMapper JSON = new JsonMapper();

    private final String method;
    private final HttpRequest.Builder request;
    private String body = "";

    private HttpCall(String method, String url) {
        this.method = method;
        this.request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
    }

    public static HttpCall get(String url) {
        return new HttpCall("GET", url);
    }

    public static HttpCall post(String url) {
        return new HttpCall("POST", url);
    }

    public static HttpCall put(String url) {
        return new HttpCall("PUT", url);
    }

    public static HttpCall of(String method, String url) {
        return new HttpCall(method, url);
    }

    public HttpCall bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    public HttpCall header(String name, String value) {
        request.header(name, value);
        return this;
    }

    public HttpCall json(String json) {
        return header("Content-Type", "application/json").body(json);
    }

    public HttpCall body(String text) {
        body = text;
        return this;
    }

    /// Makes the call and waits for the whole answer.
    public Reply send() {
        try {
            var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
            return new Reply(CLIENT.send(request.method(method, publisher).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What came back.
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /// The body as a tree; `json("data", "attributes")` goes down by names.
        public JsonNode json(String... path) {
            var node = JSON.readTree(response.body());
            for (var name : path) {
                node = node.path(name);
            }
            return node;
        }

        @Override
        public String toString() {
            return status() + " " + response.body();
        }
    }
}
