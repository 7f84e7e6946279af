package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What becomes of a record that could not be processed.
@CompensationService
class FailedWorkIsCompensatedIT {
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SHOP = "1001";
    private static final String LIST = "/api/v1/compensations";
    private static final String AT = "2026-11-20T12:00:00Z";

    /// Names by which the codec, which knows a field by a digest of its name, finds another one.
    private static final String HASHED_AS_SHOP_ID = "\tzik\u001e\f<\u001d\u0018.h";

    private static final String HASHED_AS_USER = ",(Kt\t2\u0013\b6\u0001t";

    @LocalServerPort
    private int port;

    private final String id = Long.toString(NUMBERS.incrementAndGet());
    private final long offset = NUMBERS.incrementAndGet();
    private final CommerceCommand command = FakeOwner.command(SHOP, id);
    private FakeOwner owner = new FakeOwner();
    private ServiceClient merchant = new ServiceClient(0, null);

    @BeforeEach
    void connect() {
        merchant = new ServiceClient(port, TestIssuers.merchant(SHOP));
    }

    @AfterEach
    void disconnect() {
        owner.close();
    }

    @Test
    void aDeadLetterIsOneTaskHoweverOftenItIsDelivered() {
        owner.fail(command, offset, Map.of("x-request-id", "r-1"));
        owner.fail(command, offset, Map.of("x-request-id", "r-1"));

        var task = task("waiting");

        var attributes = task.path("attributes");
        assertThat(attributes.path("topic").asString()).isEqualTo("commerce.command");
        assertThat(attributes.path("subject").asString()).isEqualTo(id);
        assertThat(attributes.path("reason").asString()).isEqualTo("unknown_template");
        assertThat(attributes.path("attempts").asInt()).isEqualTo(1);
        assertThat(attributes.path("next_at").asString()).isNotEmpty();
        assertThat(found().size()).isEqualTo(1);
    }

    @Test
    void aTaskIsShownWithoutPersonalData() {
        owner.fail(command, offset, Map.of("x-request-id", "r-1"));
        var task = task("waiting").path("id").asString();

        var shown = merchant.get(LIST + "/" + task);

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
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        var other = new ServiceClient(port, TestIssuers.merchant("1002"));

        assertThat(other.get(LIST + "?q=" + id).json().path("data").size()).isZero();
        assertThat(other.get(LIST + "?shop_id=1001").json().path("data").size()).isZero();
        assertThat(other.get(LIST + "/" + task).status()).isEqualTo(404);
        assertThat(other.post(LIST + "/" + task + "/replay", Map.of()).status()).isEqualTo(404);
        assertThat(other.post(LIST + "/" + task + "/discard", Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
        var ops = new ServiceClient(port, TestIssuers.ops());
        assertThat(ops.get(LIST + "?shop_id=1001&q=" + id).json().path("data").size())
                .isEqualTo(1);
        assertThat(ops.get(LIST + "/" + task).status()).isEqualTo(200);
    }

    @Test
    void aReplayIsSentOnceAsItWasAndSucceedsWhenItsOwnerSaysSo() {
        owner.fail(command, offset, Map.of("x-request-id", "r-7"));
        var task = task("waiting").path("id").asString();

        var answer = merchant.post(LIST + "/" + task + "/replay", Map.of());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.attributes().path("status").asString()).isEqualTo("replayed");
        await().atMost(PATIENCE).until(() -> !owner.sentAgain(id).isEmpty());
        var sent = owner.sentAgain(id).getFirst();
        assertThat(sent.value()).isEqualTo(EventJson.encode(command));
        assertThat(FakeOwner.header(sent, DeadLetters.REPLAY_OF)).isEqualTo(task);
        assertThat(FakeOwner.header(sent, "x-request-id")).isEqualTo("r-7");
        owner.tell("command.applied", command, task);
        task("succeeded");
        assertThat(merchant.post(LIST + "/" + task + "/replay", Map.of()).status())
                .isEqualTo(409);
        assertThat(merchant.post(LIST + "/" + task + "/discard", Map.of("reason", "late"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aReplayThatFailsAgainIsTheSameTaskWaitingAgain() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        merchant.post(LIST + "/" + task + "/replay", Map.of());
        task("replayed");

        owner.fail(command, NUMBERS.incrementAndGet(), Map.of(DeadLetters.REPLAY_OF, task));

        var again = task("waiting");
        assertThat(again.path("id").asString()).isEqualTo(task);
        assertThat(again.path("attributes").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void aPayloadIsTakenUpToTheSizeOfARecord() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        var template = "春".repeat(290_000);

        var answer = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", edited(template, "138****5678")));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> owner.sentAgain(id).size() == 1);
        assertThat(new String(owner.sentAgain(id).getFirst().value(), StandardCharsets.UTF_8))
                .contains(template, "\"13812345678\"");
    }

    @Test
    void anEditedPayloadIsSentWithWhatWasMaskedPutBack() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        var edited = edited("spring", "138****5678");

        var dry = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", edited, "dry_run", true));
        merchant.post(LIST + "/" + task + "/replay", Map.of("payload", edited));

        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.attributes()
                        .path("payload")
                        .path("arguments")
                        .path("template_id")
                        .asString())
                .isEqualTo("spring");
        await().atMost(PATIENCE).until(() -> owner.sentAgain(id).size() == 1);
        assertThat(new String(owner.sentAgain(id).getFirst().value(), StandardCharsets.UTF_8))
                .contains("\"spring\"", "\"13812345678\"");
        var shown = merchant.get(LIST + "/" + task).attributes();
        assertThat(shown.path("payload").path("arguments").path("template_id").asString())
                .isEqualTo("none");
        assertThat(shown.path("edited_payload")
                        .path("arguments")
                        .path("template_id")
                        .asString())
                .isEqualTo("spring");
    }

    @Test
    void aSecondEditIsOfWhatTheFirstOneMade() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        merchant.post(LIST + "/" + task + "/replay", Map.of("payload", edited("spring", "13999991111")));
        await().atMost(PATIENCE).until(() -> owner.sentAgain(id).size() == 1);
        owner.fail(command, NUMBERS.incrementAndGet(), Map.of(DeadLetters.REPLAY_OF, task));
        task("waiting");
        var shown = merchant.get(LIST + "/" + task)
                .attributes()
                .at("/edited_payload/arguments/phone")
                .asString();

        var answer = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", edited("summer", shown)));

        assertThat(shown).isEqualTo("139****1111");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> owner.sentAgain(id).size() == 2);
        assertThat(new String(owner.sentAgain(id).getLast().value(), StandardCharsets.UTF_8))
                .contains("\"summer\"", "\"13999991111\"")
                .doesNotContain("****");
    }

    @Test
    void aMaskThatStandsForNothingInItsPlaceIsNotSent() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        var moved = Map.of("id", id, "shop_id", SHOP, "note", "138****5678");

        for (var dry : new boolean[] {true, false}) {
            var answer = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", moved, "dry_run", dry));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("payload.note");
        }
        task("waiting");
    }

    private Map<String, Object> edited(String template, String phone) {
        return FakeOwner.edited(command, Map.of("template_id", template, "phone", phone));
    }

    @Test
    void anEditedPayloadThatNobodyCouldReadIsNotSent() {
        var change = "{\"user\":\"%s:u.x\",\"session_id\":\"%s\"}".formatted(SHOP, id);
        owner.fail(Topic.CS_SESSION, SHOP + ":u.x", change.getBytes(StandardCharsets.UTF_8), offset, Map.of());
        var task = task("waiting").path("id").asString();
        var lacking = Map.of("user", SHOP + ":u.x", "session_id", id, "owner", "bot", "number", 1, "at", AT);
        var mistaken = Map.of("user", SHOP + ":u.x", "session_id", id, "owner", "bot", "what", "x", "at", "soon");

        for (var dry : new boolean[] {true, false}) {
            var answer = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", lacking, "dry_run", dry));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("code").asString()).isEqualTo("invalid_request");
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("payload");
            assertThat(answer.json().at("/errors/0/reason").asString()).endsWith("a SessionChanged without what");
            assertThat(merchant.post(LIST + "/" + task + "/replay", Map.of("payload", mistaken, "dry_run", dry))
                            .status())
                    .isEqualTo(400);
        }
        var whole = Map.of("user", SHOP + ":u.x", "session_id", id, "owner", "bot", "what", "created", "at", AT);
        assertThat(merchant.post(LIST + "/" + task + "/replay", Map.of("payload", whole))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void anOutcomeThatNobodyCanReadHoldsUpNoOther() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        merchant.post(LIST + "/" + task + "/replay", Map.of());
        task("replayed");

        owner.tell(id, "{\"id\":\"1\",\"shop_id\":\"1001\",\"at\":\"" + AT + "\",\"body\":{}}", task);
        owner.tell(
                id,
                "{\"id\":\"1\",\"shop_id\":\"1001\",\"type\":\"command.applied\",\"at\":\"soon\",\"body\":7}",
                task);
        owner.tell(id, "[]", task);
        owner.tell("command.applied", command, task);

        task("succeeded");
    }

    @Test
    void anEditedPayloadStaysTheShopsOwn() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();

        var others = FakeOwner.edited(FakeOwner.command("1002", id), Map.of());
        var answer = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", others));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void anEditedQuestionCannotBecomeAnotherShops() {
        var question = "{\"user\":\"1001:u.james\",\"id\":\"%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
        owner.fail(Topic.BOT_QUERY, "1001:u.james", question, offset, Map.of());
        var task = task("waiting").path("id").asString();

        for (var dry : new boolean[] {true, false}) {
            var edited = Map.of("id", id, "shop_id", SHOP, "user", "1002:u.victim", "session_id", "5", "body", "{}");
            var answer = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", edited, "dry_run", dry));
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void aRecordThatItsConsumersWouldReadAsAnotherShopsIsNotSent() {
        owner.fail(Topic.COMMERCE_EVENT, id, EventJson.encode(event(SHOP)), offset, Map.of());
        var task = task("waiting").path("id").asString();

        for (var forged : List.of(
                forged("shop_id", List.of("1002")),
                forged("shop_id", 1002),
                forged("shop_id", List.of(SHOP)),
                forged("shop_id", Map.of("id", "1002")),
                forged("user", List.of("1002:u.victim")),
                forged("user", 1002),
                forged(HASHED_AS_SHOP_ID, "1002"),
                without("shop_id"))) {
            isRefused(task, forged);
        }
        task("waiting");
    }

    @Test
    void aQuestionThatItsConsumersWouldReadAsAnotherShopsIsNotSent() {
        var question = EventJson.encode(new BotQuery("1001:u.james", id, id, 1, "zh", "", "{}"));
        owner.fail(Topic.BOT_QUERY, "1001:u.james", question, offset, Map.of());
        var task = task("waiting").path("id").asString();

        for (var forged : List.of(
                forged("user", List.of("1002:u.victim")), forged(HASHED_AS_USER, "1002:u.victim"), without("user"))) {
            isRefused(task, forged);
        }
        task("waiting");
    }

    @Test
    void aRecordThatItsConsumersCannotReadIsNotSent() {
        owner.fail(Topic.COMMERCE_EVENT, id, EventJson.encode(event(SHOP)), offset, Map.of());
        var task = task("waiting").path("id").asString();

        isRefused(task, forged("at", "some day"));

        task("waiting");
    }

    @Test
    void otherSpellingsOfTheShopAreOtherFieldsToItsConsumersToo() {
        owner.fail(command, offset, Map.of());
        var path = LIST + "/" + task("waiting").path("id").asString() + "/replay";
        var twice = """
                {"payload":{"id":"%s","shop_id":"%s","shop_id":"%s","shopId":"1002","SHOP_ID":"1002",\
                "kind":"coupon","arguments":{},"requested_by":"m","at":"2026-11-01T00:00:00Z"}}
                """;

        var theirs = merchant.send("POST", path, "application/json", twice.formatted(id, SHOP, "1002"));
        var ours = merchant.send("POST", path, "application/json", twice.formatted(id, "1002", SHOP));

        assertThat(theirs.status()).isEqualTo(400);
        assertThat(ours.status()).as(ours.text()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> owner.sentAgain(id).size() == 1);
        assertThat(EventJson.decode(owner.sentAgain(id).getFirst().value(), CommerceCommand.class)
                        .shopId())
                .isEqualTo(SHOP);
    }

    private void isRefused(String task, Map<String, Object> payload) {
        for (var dry : new boolean[] {true, false}) {
            var answer = merchant.post(LIST + "/" + task + "/replay", Map.of("payload", payload, "dry_run", dry));

            assertThat(answer.status()).as("%s: %s", payload, answer.text()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("payload");
        }
    }

    private CommerceEvent event(String shop) {
        return new CommerceEvent(id, shop, "command.applied", "james", id, Instant.EPOCH, Map.of());
    }

    /// What is the shop's own, to events and to questions, with one more field or another value of one.
    private Map<String, Object> forged(String name, Object value) {
        var payload = without("");
        payload.put(name, value);
        return payload;
    }

    private Map<String, Object> without(String name) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("id", id);
        payload.put("shop_id", SHOP);
        payload.put("type", "command.applied");
        payload.put("user", SHOP + ":u.james");
        payload.remove(name);
        return payload;
    }

    @Test
    void aDeadLetterThatIsCutOffIsATaskToo() {
        owner.fail(Topic.CS_MESSAGE, id, "{\"user\":0".getBytes(StandardCharsets.UTF_8), offset, Map.of());
        var ops = new ServiceClient(port, TestIssuers.ops());

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(ops.get(LIST + "?q=" + id).data()).hasSize(1));

        var task =
                ops.get(LIST + "?q=" + id).json().path("data").get(0).path("id").asString();
        assertThat(ops.get(LIST + "/" + task).attributes().path("payload").asString())
                .isEqualTo("{\"user\":0");
    }

    @Test
    void aDeadLetterWithoutAKeyIsReplayed() {
        owner.fail(Topic.COMMERCE_COMMAND, "", EventJson.encode(command), offset, Map.of());
        var task = task("waiting").path("id").asString();

        assertThat(merchant.post(LIST + "/" + task + "/replay", Map.of()).status())
                .isEqualTo(202);

        await().atMost(PATIENCE).until(() -> !owner.sentAgain(id).isEmpty());
    }

    @Test
    void aDiscardTellsTheOwnerAndEndsTheTask() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();

        var answer = merchant.post(LIST + "/" + task + "/discard", Map.of("reason", "not needed"));

        assertThat(answer.attributes().path("status").asString()).isEqualTo("discarded");
        await().atMost(PATIENCE).until(() -> owner.sentAgain(id).size() == 1);
        assertThat(FakeOwner.header(owner.sentAgain(id).getFirst(), DeadLetters.DISCARD_OF))
                .isEqualTo(task);
        owner.tell("command.failed", command, task);
        assertThat(merchant.post(LIST + "/" + task + "/replay", Map.of()).status())
                .isEqualTo(409);
    }

    @Test
    void aDiscardOfWhichItsOwnerCouldNotBeToldIsAPersonsAgain() {
        owner.fail(command, offset, Map.of());
        var task = task("waiting").path("id").asString();
        merchant.post(LIST + "/" + task + "/discard", Map.of("reason", "not needed"));

        failDiscard(task, new Unprocessable("unknown_command", "there is nothing to end"));
        failDiscard(task, new IllegalStateException("the database was away"));

        var again = task("exhausted").path("attributes");
        assertThat(again.path("reason").asString()).isEqualTo("retries_exhausted");
        assertThat(again.path("attempts").asInt()).isEqualTo(2);
        assertThat(merchant.post(LIST + "/" + task + "/discard", Map.of("reason", "once more"))
                        .status())
                .isEqualTo(200);
    }

    private void failDiscard(String task, RuntimeException failure) {
        owner.fail(
                Topic.COMMERCE_COMMAND,
                command.id(),
                EventJson.encode(command),
                NUMBERS.incrementAndGet(),
                Map.of(DeadLetters.DISCARD_OF, task),
                failure);
    }

    @Test
    void aReplayOfATopicWithoutOutcomesSucceedsWhenItDoesNotComeBack() {
        var question = "{\"user\":\"1001:u.james\",\"id\":\"%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
        owner.fail(Topic.BOT_QUERY, "1001:u.james", question, offset, Map.of());
        var task = task("waiting").path("id").asString();

        merchant.post(LIST + "/" + task + "/replay", Map.of());

        task("succeeded");
    }

    @Test
    void aBulkReplaySendsWhatFitsAndReports() {
        owner.fail(command, offset, Map.of());
        task("waiting");

        var dry = merchant.post(LIST + "/replay", Map.of("q", id, "dry_run", true));
        var report = merchant.post(LIST + "/replay", Map.of("q", id));

        assertThat(dry.attributes().path("matched").asInt()).isEqualTo(1);
        assertThat(dry.attributes().path("replayed").asInt()).isZero();
        assertThat(report.attributes().path("replayed").asInt()).isEqualTo(1);
        task("replayed");
    }

    @Test
    void badInputIsNamed() {
        assertThat(merchant.get(LIST + "?status=lost").status()).isEqualTo(400);
        assertThat(merchant.get(LIST + "?since=yesterday").status()).isEqualTo(400);
        assertThat(merchant.get(LIST + "?limit=201").status()).isEqualTo(400);
        assertThat(merchant.get(LIST + "/12345").status()).isEqualTo(404);
        assertThat(merchant.get(LIST + "/nonsense").status()).isEqualTo(404);
        assertThat(new ServiceClient(port, null).get(LIST).status()).isEqualTo(401);
        assertThat(new ServiceClient(port, TestIssuers.chat(SHOP, "james"))
                        .get(LIST)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTopicAndAShopThatCannotBeAreRefusedByNameAndNotByTheDatabase() {
        var ops = new ServiceClient(port, TestIssuers.ops());
        for (var caller : List.of(merchant, ops)) {
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

    private JsonNode task(String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found())
                        .extracting(each -> each.at("/attributes/status").asString())
                        .containsExactly(status));
        return found().get(0);
    }

    private JsonNode found() {
        return merchant.get(LIST + "?q=" + id).data();
    }
}
