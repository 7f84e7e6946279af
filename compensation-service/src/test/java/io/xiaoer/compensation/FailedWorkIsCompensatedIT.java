package io.xiaoer.compensation;

import static io.xiaoer.compensation.FailedWork.LIST;
import static io.xiaoer.compensation.FailedWork.PATIENCE;
import static io.xiaoer.compensation.FailedWork.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What becomes of a record that could not be processed.
@CompensationService
class FailedWorkIsCompensatedIT {

    private static final String AT = "2026-11-20T12:00:00Z";

    private final int port;
    private final FailedWork work;

    FailedWorkIsCompensatedIT(@LocalServerPort int port) {
        this.port = port;
        this.work = new FailedWork(port);
    }

    @AfterEach
    void disconnect() {
        work.close();
    }

    @Test
    void aDeadLetterIsOneTaskHoweverOftenItIsDelivered() {
        long offset = FailedWork.offset();
        work.owner().fail(work.command(), offset, Map.of("x-request-id", "r-1"));
        work.owner().fail(work.command(), offset, Map.of("x-request-id", "r-1"));

        var task = work.task("waiting");

        var attributes = task.path("attributes");
        assertThat(attributes.path("topic").asString()).isEqualTo("commerce.command");
        assertThat(attributes.path("subject").asString()).isEqualTo(work.id());
        assertThat(attributes.path("reason").asString()).isEqualTo("unknown_template");
        assertThat(attributes.path("attempts").asInt()).isEqualTo(1);
        assertThat(attributes.path("next_at").asString()).isNotEmpty();
        assertThat(work.found().size()).isEqualTo(1);
    }

    @Test
    void aTaskIsShownWithoutPersonalData() {
        var task = work.fails(Map.of("x-request-id", "r-1"));

        var shown = work.shown(task);

        assertThat(shown.text()).doesNotContain("13812345678");
        var attributes = shown.attributes();
        assertThat(attributes.path("payload").path("arguments").path("phone").asString())
                .isEqualTo("138****5678");
        assertThat(attributes.path("headers").path("x-request-id").asString()).isEqualTo("r-1");
        assertThat(attributes.path("exception").path("type").asString()).contains("Unprocessable");
        assertThat(attributes.path("exception").path("message").asString()).isEqualTo("call 138****5678");
        assertThat(attributes.path("history").size()).isEqualTo(1);
    }

    @Test
    void anotherShopSeesAndTouchesNothing() {
        var task = work.fails();
        var other = new ServiceClient(port, TestIssuers.merchant("1002"));

        assertThat(other.get(LIST + "?q=" + work.id()).json().path("data").size())
                .isZero();
        assertThat(other.get(LIST + "?shop_id=1001").json().path("data").size()).isZero();
        assertThat(other.get(LIST + "/" + task).status()).isEqualTo(404);
        assertThat(other.post(LIST + "/" + task + "/replay", Map.of()).status()).isEqualTo(404);
        assertThat(other.post(LIST + "/" + task + "/discard", Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
        var ops = new ServiceClient(port, TestIssuers.ops());
        assertThat(ops.get(LIST + "?shop_id=1001&q=" + work.id())
                        .json()
                        .path("data")
                        .size())
                .isEqualTo(1);
        assertThat(ops.get(LIST + "/" + task).status()).isEqualTo(200);
    }

    @Test
    void aReplayIsSentOnceAsItWasAndSucceedsWhenItsOwnerSaysSo() {
        var task = work.fails(Map.of("x-request-id", "r-7"));

        var answer = work.replay(task, Map.of());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.attributes().path("status").asString()).isEqualTo("replayed");
        work.awaitSentAgain(1);
        var sent = work.owner().sentAgain(work.id()).getFirst();
        assertThat(sent.value()).isEqualTo(EventJson.encode(work.command()));
        assertThat(FakeOwner.header(sent, DeadLetters.REPLAY_OF)).isEqualTo(task);
        assertThat(FakeOwner.header(sent, "x-request-id")).isEqualTo("r-7");
        work.owner().tell("command.applied", work.command(), task);
        work.task("succeeded");
        assertThat(work.replay(task, Map.of()).status()).isEqualTo(409);
        assertThat(work.discard(task, "late").status()).isEqualTo(409);
    }

    @Test
    void aReplayThatFailsAgainIsTheSameTaskWaitingAgain() {
        var task = work.fails();
        work.replay(task, Map.of());
        work.task("replayed");

        work.owner().fail(work.command(), FailedWork.offset(), Map.of(DeadLetters.REPLAY_OF, task));

        var again = work.task("waiting");
        assertThat(again.path("id").asString()).isEqualTo(task);
        assertThat(again.path("attributes").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void anOutcomeThatNobodyCanReadHoldsUpNoOther() {
        var task = work.fails();
        work.replay(task, Map.of());
        work.task("replayed");

        work.owner().tell(work.id(), "{\"id\":\"1\",\"shop_id\":\"1001\",\"at\":\"" + AT + "\",\"body\":{}}", task);
        work.owner()
                .tell(
                        work.id(),
                        "{\"id\":\"1\",\"shop_id\":\"1001\",\"type\":\"command.applied\",\"at\":\"soon\",\"body\":7}",
                        task);
        work.owner().tell(work.id(), "[]", task);
        work.owner().tell("command.applied", work.command(), task);

        work.task("succeeded");
    }

    @Test
    void aDeadLetterThatIsCutOffIsATaskToo() {
        work.owner()
                .fail(
                        Topic.CS_MESSAGE,
                        work.id(),
                        "{\"user\":0".getBytes(StandardCharsets.UTF_8),
                        FailedWork.offset(),
                        Map.of());
        var ops = new ServiceClient(port, TestIssuers.ops());

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(ops.get(LIST + "?q=" + work.id()).data()).hasSize(1));

        var task = ops.get(LIST + "?q=" + work.id())
                .json()
                .path("data")
                .get(0)
                .path("id")
                .asString();
        assertThat(ops.get(LIST + "/" + task).attributes().path("payload").asString())
                .isEqualTo("{\"user\":0");
    }

    @Test
    void aDeadLetterWithoutAKeyIsReplayed() {
        var task = work.fails(Topic.COMMERCE_COMMAND, "", EventJson.encode(work.command()));

        assertThat(work.replay(task, Map.of()).status()).isEqualTo(202);

        work.awaitSentAgain(1);
    }

    @Test
    void aDiscardTellsTheOwnerAndEndsTheTask() {
        var task = work.fails();

        var answer = work.discard(task, "not needed");

        assertThat(answer.attributes().path("status").asString()).isEqualTo("discarded");
        work.awaitSentAgain(1);
        assertThat(FakeOwner.header(work.owner().sentAgain(work.id()).getFirst(), DeadLetters.DISCARD_OF))
                .isEqualTo(task);
        work.owner().tell("command.failed", work.command(), task);
        assertThat(work.replay(task, Map.of()).status()).isEqualTo(409);
    }

    @Test
    void aDiscardOfWhichItsOwnerCouldNotBeToldIsAPersonsAgain() {
        var task = work.fails();
        work.discard(task, "not needed");

        failDiscard(task, new Unprocessable("unknown_command", "there is nothing to end"));
        failDiscard(task, new IllegalStateException("the database was away"));

        var again = work.task("exhausted").path("attributes");
        assertThat(again.path("reason").asString()).isEqualTo("retries_exhausted");
        assertThat(again.path("attempts").asInt()).isEqualTo(2);
        assertThat(work.discard(task, "once more").status()).isEqualTo(200);
    }

    private void failDiscard(String task, RuntimeException failure) {
        work.owner()
                .fail(
                        Topic.COMMERCE_COMMAND,
                        work.command().id(),
                        EventJson.encode(work.command()),
                        FailedWork.offset(),
                        Map.of(DeadLetters.DISCARD_OF, task),
                        failure);
    }

    @Test
    void aReplayOfATopicWithoutOutcomesSucceedsWhenItDoesNotComeBack() {
        var question =
                "{\"user\":\"1001:u.james\",\"id\":\"%s\"}".formatted(work.id()).getBytes(StandardCharsets.UTF_8);
        var task = work.fails(Topic.BOT_QUERY, "1001:u.james", question);

        work.replay(task, Map.of());

        work.task("succeeded");
    }

    @Test
    void aBulkReplaySendsWhatFitsAndReports() {
        work.fails();

        var dry = work.merchant().post(LIST + "/replay", Map.of("q", work.id(), "dry_run", true));
        var report = work.merchant().post(LIST + "/replay", Map.of("q", work.id()));

        assertThat(dry.attributes().path("matched").asInt()).isEqualTo(1);
        assertThat(dry.attributes().path("replayed").asInt()).isZero();
        assertThat(report.attributes().path("replayed").asInt()).isEqualTo(1);
        work.task("replayed");
    }

    @Test
    void badInputIsNamed() {
        assertThat(work.merchant().get(LIST + "?status=lost").status()).isEqualTo(400);
        assertThat(work.merchant().get(LIST + "?since=yesterday").status()).isEqualTo(400);
        assertThat(work.merchant().get(LIST + "?limit=201").status()).isEqualTo(400);
        assertThat(work.merchant().get(LIST + "/12345").status()).isEqualTo(404);
        assertThat(work.merchant().get(LIST + "/nonsense").status()).isEqualTo(404);
        assertThat(new ServiceClient(port, null).get(LIST).status()).isEqualTo(401);
        assertThat(new ServiceClient(port, TestIssuers.chat(SHOP, "james"))
                        .get(LIST)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTopicAndAShopThatCannotBeAreRefusedByNameAndNotByTheDatabase() {
        var ops = new ServiceClient(port, TestIssuers.ops());
        for (var caller : List.of(work.merchant(), ops)) {
            for (var field : List.of("topic", "shop_id")) {
                var listed = caller.get(LIST + "?" + field + "=%E9%80%80%E6%AC%BE");
                var replayed = caller.post(LIST + "/replay", Map.of(field, "退款"));

                for (var answer : List.of(listed, replayed)) {
                    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
                    assertThat(answer.json().path("code").asString()).isEqualTo("invalid_request");
                    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(field);
                }
            }
            assertThat(caller.get(LIST + "?q=%E9%80%80%E6%AC%BE").data()).isEmpty();
        }
    }
}
