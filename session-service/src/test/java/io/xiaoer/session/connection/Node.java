package io.xiaoer.session.connection;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.session.SessionApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A whole session-service in this JVM, over the servers of the test.
record Node(ConfigurableApplicationContext context, int port) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Node start(String name, Map<String, String> more, Class<?>... besides) {
        var context = new SpringApplicationBuilder(SessionApplication.class)
                .sources(besides)
                .properties("XIAOER_NODE=" + name, "SERVER_PORT=0", "MANAGEMENT_PORT=0", "SERVER_ADDRESS=127.0.0.1")
                .run(more.entrySet().stream()
                        .map(each -> "--" + each.getKey() + '=' + each.getValue())
                        .toArray(String[]::new));
        return new Node(context, context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    URI im(String query) {
        return URI.create("ws://127.0.0.1:" + port + "/im" + query);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// Calls the REST side and gives the answer's JSON, its status under `status`.
    JSONObject call(String method, String path, String token, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        var json = response.body().isEmpty() ? new JSONObject() : JSON.parseObject(response.body());
        json.put("status", response.statusCode());
        return json;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Opens a session and gives its id; asks again, as a client does, while the suite cannot.
    String openSession(String token) throws IOException, InterruptedException {
        var answer = call("POST", "/api/v1/bot/sessions", token, "{\"device\":\"web\"}");
        for (int i = 0; i < 9 && answer.getIntValue("status") == 503; i++) {
            answer = call("POST", "/api/v1/bot/sessions", token, "{\"device\":\"web\"}");
        }
        if (answer.getIntValue("status") / 100 != 2) {
            throw new IllegalStateException("no session: " + answer);
        }
        return answer.getJSONObject("data").getString("id");
    }

    @Override
    public void close() {
        context.close();
    }
}
