package io.xiaoer.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How long a question waits for its answer.
class ConversationTest {

    private static final String SESSION = "/api/v1/bot/sessions/s1";
    private static final String ANSWER = """
            {"data":[{"id":"2","attributes":{"reply_to":"1","content":{"text":"好的"}}}]}""";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String owner = "bot";
    private volatile String later = "{\"data\":[]}";
    private HttpServer server;

    @BeforeEach
    void aGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/v1/bot/guest-tokens", call -> answer(call, 201, "{\"data\":{\"attributes\":{\"token\":\"t\"}}}"));
        server.createContext("/api/v1/bot/sessions", call -> answer(call, 201, "{\"data\":{\"id\":\"s1\"}}"));
        server.createContext(
                SESSION, call -> answer(call, 200, "{\"data\":{\"attributes\":{\"owner\":\"%s\"}}}".formatted(owner)));
        server.createContext(SESSION + "/messages", call -> {
            if (call.getRequestMethod().equals("POST")) {
                answer(call, 202, "{\"data\":{\"id\":\"1\"}}");
            } else {
                asked.add(call.getRequestURI().getQuery());
                answer(call, 200, later);
            }
        });
        server.start();
    }

    @AfterEach
    void theGatewayEnds() {
        server.stop(0);
    }

    @Test
    void whatPeopleAreToAnswerIsNotWaitedFor() throws Exception {
        owner = "queue";

        assertThat(answers()).isZero();
        assertThat(asked).containsExactly("last_message_id=1&wait=1");
    }

    @Test
    void whatWasSaidAsTheSessionWentToPeopleIsHeardStill() throws Exception {
        owner = "agent";
        later = ANSWER;

        assertThat(answers()).isEqualTo(1);
    }

    @Test
    void theBotsAnswerIsWaitedForAFewTimes() throws Exception {
        assertThat(answers()).isZero();
        assertThat(asked).hasSize(3).containsOnly("last_message_id=1&wait=25");
    }

    private int answers() throws Exception {
        try (var api = new Api("http://127.0.0.1:" + server.getAddress().getPort(), "")) {
            return Conversation.ofGuest(api, "1001").ask("你好").size();
        }
    }

    private static void answer(HttpExchange call, int status, String text) throws IOException {
        try (call) {
            call.getRequestBody().readAllBytes();
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }
}
