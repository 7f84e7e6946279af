package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.compensation.replay.Replay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/// What the service does with a task by itself.
@CompensationService
@TestPropertySource(
        properties = {
            "xiaoer.compensation.retry.first=1s",
            "xiaoer.compensation.retry.longest=1s",
            "xiaoer.compensation.retry.attempts=3"
        })
class WorkIsRetriedIT {
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LIST = "/api/v1/compensations";

    @LocalServerPort
    private int port;

    @Autowired
    private Replay replay;

    private final FakeOwner owner = new FakeOwner();
    private final CommerceCommand command = FakeOwner.command("1001", Long.toString(NUMBERS.incrementAndGet()));

    @AfterEach
    void disconnect() {
        owner.close();
    }

    @Test
    void aTaskIsSentAgainByItselfAndExhaustedWhenItFailedOftenEnough() {
        fail(Map.of());

        await().atMost(PATIENCE).until(() -> owner.sentAgain(command.id()).size() == 1);
        var task = FakeOwner.header(owner.sentAgain(command.id()).getFirst(), DeadLetters.REPLAY_OF);
        fail(Map.of(DeadLetters.REPLAY_OF, task));
        await().atMost(PATIENCE).until(() -> owner.sentAgain(command.id()).size() == 2);
        fail(Map.of(DeadLetters.REPLAY_OF, task));

        await().atMost(PATIENCE).until(() -> status().equals("exhausted"));
        assertThat(attributes().path("attempts").asInt()).isEqualTo(3);
        assertThat(attributes().has("next_at")).isFalse();
    }

    @Test
    void aTaskThatCannotBeSentHoldsNoOtherBack() {
        var big = Long.toString(NUMBERS.incrementAndGet());
        var question = "{\"user\":\"1001:u.james\",\"id\":\"%s\",\"body\":\"%s\"}"
                .formatted(big, "x".repeat(950_000))
                .getBytes(StandardCharsets.UTF_8);
        owner.fail(Topic.BOT_QUERY, "1001:u.james", question, NUMBERS.incrementAndGet(), Map.of());
        await().atMost(PATIENCE).until(() -> tasks(big).size() == 1);

        fail(Map.of());

        await().atMost(PATIENCE).until(() -> !owner.sentAgain(command.id()).isEmpty());
        await().atMost(PATIENCE)
                .until(() ->
                        tasks(big).path(0).at("/attributes/status").asString().equals("exhausted"));
        assertThat(tasks(big).path(0).at("/attributes/reason").asString()).isEqualTo("not_sendable");
    }

    @Test
    void whoReplaysATaskThatCannotBeSentIsToldAndMaySendLessOfIt() {
        var big = Long.toString(NUMBERS.incrementAndGet());
        failSettings(big, big, "x".repeat(950_000));
        var replay = LIST + "/" + tasks(big).path(0).path("id").asString() + "/replay";

        var answer = merchant().post(replay, Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("code").asString()).isEqualTo("conflict");
        assertThat(answer.json().path("detail").asString()).contains("too large");
        assertThat(tasks(big).path(0).at("/attributes/status").asString()).isEqualTo("waiting");
        var settings = EventJson.encode(ShopSettings.defaults(new ShopId("1001"), Instant.EPOCH));
        var less = Map.of("payload", JSON.parseObject(settings));
        assertThat(merchant().post(replay, less).status()).isEqualTo(202);
    }

    @Test
    void aBulkReplayGoesOnAfterATaskThatCannotBeSentAndSaysSo() {
        var key = "settings-" + NUMBERS.incrementAndGet();
        var small = Long.toString(NUMBERS.incrementAndGet());
        var big = Long.toString(NUMBERS.incrementAndGet());
        failSettings(key, small, "x");
        failSettings(key, big, "x".repeat(950_000)); // the newest, so the first of the bulk

        var report = merchant().post(LIST + "/replay", Map.of("q", key));

        assertThat(report.status()).as(report.text()).isEqualTo(200);
        assertThat(report.attributes().path("matched").asInt()).isEqualTo(2);
        assertThat(report.attributes().path("replayed").asInt()).isEqualTo(1);
        assertThat(report.attributes().path("skipped").asInt()).isZero();
        assertThat(report.attributes().path("failed").asInt()).isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() ->
                        tasks(small).path(0).at("/attributes/status").asString().equals("succeeded"));
        assertThat(tasks(big).path(0).at("/attributes/status").asString()).isEqualTo("waiting");
    }

    /// A record of a topic that people alone replay.
    private void failSettings(String key, String id, String body) {
        var settings = "{\"shop_id\":\"1001\",\"id\":\"%s\",\"body\":\"%s\"}".formatted(id, body);
        owner.fail(
                Topic.SHOP_SETTINGS,
                key,
                settings.getBytes(StandardCharsets.UTF_8),
                NUMBERS.incrementAndGet(),
                Map.of());
        await().atMost(PATIENCE).until(() -> tasks(id).size() == 1);
    }

    @Test
    void aTaskThatIsDueIsSentOnceHoweverManyTryToSendIt() throws Exception {
        fail(Map.of());
        await().atMost(PATIENCE).until(() -> tasks().size() == 1);
        var id = tasks().get(0).path("id").asString();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 8; number++) {
                threads.submit(() -> {
                    await().atMost(PATIENCE).until(() -> {
                        replay.retry(id);
                        return !status().equals("waiting");
                    });
                    return null;
                });
            }
        }

        await().atMost(PATIENCE).until(() -> !owner.sentAgain(command.id()).isEmpty());
        assertThat(status()).isEqualTo("retrying");
        assertThat(owner.sentAgain(command.id())).hasSize(1);
    }

    private void fail(Map<String, String> headers) {
        owner.fail(command, NUMBERS.incrementAndGet(), headers);
    }

    private String status() {
        return attributes().path("status").asString();
    }

    private JsonNode attributes() {
        return tasks().path(0).path("attributes");
    }

    private JsonNode tasks() {
        return tasks(command.id());
    }

    private JsonNode tasks(String subject) {
        return merchant().get(LIST + "?q=" + subject).json().path("data");
    }

    private ServiceClient merchant() {
        return new ServiceClient(port, TestIssuers.merchant("1001"));
    }
}
