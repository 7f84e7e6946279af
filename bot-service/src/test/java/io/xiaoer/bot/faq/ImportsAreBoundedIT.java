package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.RunningBot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// An instance holds no more imports in memory than it has room for.
class ImportsAreBoundedIT extends RunningBot {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LINE = "{\"question\":\"q\",\"answer\":\"a\"}\n";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    private MeterRegistry meters;

    @Test
    void whatFindsNoRoomIsToldToComeAgainAndFindsItLater() throws Exception {
        var slow = new ArrayList<SlowImport>();
        for (int number = 0; number < FaqImportController.AT_ONCE; number++) {
            slow.add(new SlowImport());
        }

        await().atMost(PATIENCE)
                .until(() -> meters.get("xiaoer.bot.faq.imports").gauge().value() == FaqImportController.AT_ONCE);
        var refused = quick();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.parseObject(refused.body()).getString("code")).isEqualTo("unavailable");
        assertThat(meters.get("xiaoer.bot.faq.imports.refused").counter().count())
                .isGreaterThanOrEqualTo(1);

        for (var each : slow) {
            assertThat(each.end()).contains(" 200 ");
        }
        await().atMost(PATIENCE).until(() -> quick().statusCode() == 200);
    }

    @Test
    void anImportThatIsRefusedGivesItsRoomBack() throws Exception {
        for (int number = 0; number <= FaqImportController.AT_ONCE; number++) {
            var request = request("text/csv")
                    .POST(BodyPublishers.ofString("no header\n"))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
        }

        assertThat(quick().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> quick() throws Exception {
        var request = request("application/x-ndjson")
                .POST(BodyPublishers.ofString(LINE))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String type) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/import"))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", type);
    }

    /// An import of which the last byte has not come yet.
    private final class SlowImport {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);

        SlowImport() throws IOException {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            write("POST /api/v1/faqs/import HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                    + ISSUERS.merchant(shop) + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                    + LINE.length() + "\r\n\r\n" + LINE.stripTrailing());
        }

        /// Sends the rest and gives the first line of the answer.
        String end() throws IOException {
            try (socket) {
                write("\n");
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
            }
        }

        private void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }
    }
}
