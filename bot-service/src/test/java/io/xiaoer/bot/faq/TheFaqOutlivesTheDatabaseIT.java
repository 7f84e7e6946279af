package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// While MariaDB is away the FAQ is still found, cannot be changed, and is changed again when MariaDB is back.
class TheFaqOutlivesTheDatabaseIT extends RunningBot {

    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final String words = "words " + UUID.randomUUID();
    private boolean stopped;

    @Autowired
    private FaqStore store;

    @AfterEach
    void mend() {
        if (stopped) {
            RealServers.start(ServerKind.MARIADB);
        }
    }

    @Test
    void whatIsInMemoryIsFoundWithoutTheDatabase() throws Exception {
        store.put(new ShopId(shop), List.of(FaqDraft.of("e", words, List.of(), "still here", "en")));
        await().atMost(Duration.ofSeconds(60)).until(() -> search().contains("still here"));

        RealServers.stop(ServerKind.MARIADB);
        stopped = true;

        assertThat(search()).contains("still here");
        var refused = put();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(search()).contains("still here");

        RealServers.start(ServerKind.MARIADB);
        stopped = false;
        await().atMost(Duration.ofSeconds(60)).until(() -> put().statusCode() == 201);
    }

    private String search() throws Exception {
        return send("POST", "/search", "{\"text\":\"" + words + "\"}").body();
    }

    private HttpResponse<String> put() throws Exception {
        return send("PUT", "/new", "{\"question\":\"q\",\"answer\":\"a\"}");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs" + path))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
