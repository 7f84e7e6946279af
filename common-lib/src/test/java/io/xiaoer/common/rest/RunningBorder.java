package io.xiaoer.common.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.access.TestIssuers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// What a caller sees of a service that imports the four configurations, over a real server, one context for
/// all classes that extend this one: its issuers end with the JVM, as the context does.
@SpringBootTest(
        classes = BorderService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.application.name=border-service")
abstract class RunningBorder {

    static final TestIssuers ISSUERS = new TestIssuers();
    static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void issuers(DynamicPropertyRegistry registry) {
        registry.add("ISSUER_URI", ISSUERS::issuer);
        registry.add("SUITE_JWKS_URI", ISSUERS::suiteKeysUri);
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer)).as(answer.body()).containsEntry("code", code).containsEntry("status", status);
        assertThat(json(answer).getString("request_id")).isNotBlank();
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        var request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        request.setHeader("Content-Type", "application/json");
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return call(request);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + ISSUERS.merchant("1001"));
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    static HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    static JSONObject json(HttpResponse<String> answer) {
        return JSON.parseObject(answer.body());
    }
}
