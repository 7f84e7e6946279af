package io.xiaoer.local.api;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.Client;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// HTTP calls to the gateway and to the identity server.
public final class Api implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofHours(2);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String gateway;
    private final String identity;

    public Api(String gateway, String identity) {
        this.gateway = gateway;
        this.identity = identity;
    }

    /// An access token of the client, with all that it may do.
    public String token(Client client) throws IOException, InterruptedException {
        var basic = client.id() + ":" + client.secret().value();
        var request = HttpRequest.newBuilder(URI.create(identity + "/oauth2/token"))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        var reply = send(request);
        var token = reply.json().getString("access_token");
        if (!reply.ok() || token == null) {
            throw new IOException("The identity server gives %s no token: %s".formatted(client.id(), reply.reason()));
        }
        return token;
    }

    public Reply get(String path, String token) throws IOException, InterruptedException {
        return send(request(path, token).GET().build());
    }

    public Reply post(String path, String token, JSONObject body) throws IOException, InterruptedException {
        return send(request(path, token).POST(publisher(body)).build());
    }

    /// For work that takes as long as there is much to do.
    public Reply postForLong(String path, String token) throws IOException, InterruptedException {
        return send(
                request(path, token).timeout(LONG).POST(BodyPublishers.noBody()).build());
    }

    public Reply put(String path, String token, JSONObject body) throws IOException, InterruptedException {
        return send(request(path, token).PUT(publisher(body)).build());
    }

    /// Asks for the answer itself within ten seconds.
    public Reply postAndWait(String path, String token, JSONObject body) throws IOException, InterruptedException {
        return send(request(path, token)
                .header("Prefer", "wait=10")
                .POST(publisher(body))
                .build());
    }

    public Reply postLines(String path, String token, String lines) throws IOException, InterruptedException {
        return send(request(path, token)
                .setHeader("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines))
                .build());
    }

    public Reply postYaml(String path, String token, String text) throws IOException, InterruptedException {
        return send(request(path, token)
                .setHeader("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(text))
                .build());
    }

    private HttpRequest.Builder request(String path, String token) {
        var request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher publisher(JSONObject body) {
        return BodyPublishers.ofString(body.toString());
    }

    private Reply send(HttpRequest request) throws IOException, InterruptedException {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (ConnectException e) {
            // It says nothing of itself.
            throw new IOException("Nobody answers at http://" + request.uri().getAuthority(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
