package io.xiaoer.systemtests;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client of the REST interface with one token.
///
/// @param token empty for none
record Rest(URI base, String token) {

    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /// An answer and its parts.
    record Reply(int status, java.net.http.HttpHeaders headers, String text) {
        JSONObject json() {
            return JSON.parseObject(text);
        }

        JSONObject data() {
            return json().getJSONObject("data");
        }

        JSONObject attributes() {
            return data().getJSONObject("attributes");
        }

        List<JSONObject> list() {
            JSONArray array = json().getJSONArray("data");
            var list = new ArrayList<JSONObject>();
            for (int i = 0; i < array.size(); i++) {
                list.add(array.getJSONObject(i));
            }
            return list;
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    Reply get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    Reply post(String path, @Nullable Object body, String... headers) {
        return call("POST", path, body, headers);
    }

    Reply put(String path, Object body, String... headers) {
        return call("PUT", path, body, headers);
    }

    Reply patch(String path, Object body) {
        return call("PATCH", path, body);
    }

    Reply delete(String path) {
        return call("DELETE", path, null);
    }

    CompletableFuture<Reply> getLater(String path) {
        return HTTP.sendAsync(request("GET", path, null), HttpResponse.BodyHandlers.ofString())
                .thenApply(Rest::reply);
    }

    private Reply call(String method, String path, @Nullable Object body, String... headers) {
        try {
            return reply(HTTP.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, @Nullable Object body, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        boolean typed = false;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            typed |= headers[i].equalsIgnoreCase("Content-Type");
        }
        if (body != null && !typed) {
            request.header("Content-Type", "application/json");
        }
        String text = body == null ? "" : body instanceof String given ? given : JSON.toJSONString(body);
        return request.method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(text))
                .build();
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    static Map<String, Object> text(String text) {
        return Map.of("text", text);
    }
}
