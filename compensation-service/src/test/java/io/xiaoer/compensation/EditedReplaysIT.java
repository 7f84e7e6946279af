package io.xiaoer.compensation;

import static io.xiaoer.compensation.FailedWork.LIST;
import static io.xiaoer.compensation.FailedWork.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A record that is edited before it is sent again: what was masked is put back, and it stays its shop's.
@CompensationService
class EditedReplaysIT {

    private static final String AT = "2026-11-20T12:00:00Z";

    /// Names by which the codec, which knows a field by a digest of its name, finds another one.
    private static final String HASHED_AS_SHOP_ID = "\tzik\u001e\f<\u001d\u0018.h";

    private static final String HASHED_AS_USER = ",(Kt\t2\u0013\b6\u0001t";

    private final FailedWork work;

    EditedReplaysIT(@LocalServerPort int port) {
        this.work = new FailedWork(port);
    }

    @AfterEach
    void disconnect() {
        work.close();
    }

    @Test
    void aPayloadIsTakenUpToTheSizeOfARecord() {
        var task = work.fails();
        var template = "春".repeat(290_000);

        var answer = work.replay(task, Map.of("payload", edited(template, "138****5678")));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        work.awaitSentAgain(1);
        assertThat(new String(work.owner().sentAgain(work.id()).getFirst().value(), StandardCharsets.UTF_8))
                .contains(template, "\"13812345678\"");
    }

    @Test
    void anEditedPayloadIsSentWithWhatWasMaskedPutBack() {
        var task = work.fails();
        var edited = edited("spring", "138****5678");

        var dry = work.replay(task, Map.of("payload", edited, "dry_run", true));
        work.replay(task, Map.of("payload", edited));

        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.attributes()
                        .path("payload")
                        .path("arguments")
                        .path("template_id")
                        .asString())
                .isEqualTo("spring");
        work.awaitSentAgain(1);
        assertThat(new String(work.owner().sentAgain(work.id()).getFirst().value(), StandardCharsets.UTF_8))
                .contains("\"spring\"", "\"13812345678\"");
        var shown = work.shown(task).attributes();
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
        var task = work.fails();
        work.replay(task, Map.of("payload", edited("spring", "13999991111")));
        work.awaitSentAgain(1);
        work.owner().fail(work.command(), FailedWork.offset(), Map.of(DeadLetters.REPLAY_OF, task));
        work.task("waiting");
        var shown = work.shown(task)
                .attributes()
                .at("/edited_payload/arguments/phone")
                .asString();

        var answer = work.replay(task, Map.of("payload", edited("summer", shown)));

        assertThat(shown).isEqualTo("139****1111");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        work.awaitSentAgain(2);
        assertThat(new String(work.owner().sentAgain(work.id()).getLast().value(), StandardCharsets.UTF_8))
                .contains("\"summer\"", "\"13999991111\"")
                .doesNotContain("****");
    }

    @Test
    void aMaskThatStandsForNothingInItsPlaceIsNotSent() {
        var task = work.fails();
        var moved = Map.of("id", work.id(), "shop_id", SHOP, "note", "138****5678");

        for (var dry : new boolean[] {true, false}) {
            var answer = work.replay(task, Map.of("payload", moved, "dry_run", dry));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("payload.note");
        }
        work.task("waiting");
    }

    @Test
    void anEditedPayloadThatNobodyCouldReadIsNotSent() {
        var change = "{\"user\":\"%s:u.x\",\"session_id\":\"%s\"}".formatted(SHOP, work.id());
        var task = work.fails(Topic.CS_SESSION, SHOP + ":u.x", change.getBytes(StandardCharsets.UTF_8));
        var lacking = Map.of("user", SHOP + ":u.x", "session_id", work.id(), "owner", "bot", "number", 1, "at", AT);
        var mistaken =
                Map.of("user", SHOP + ":u.x", "session_id", work.id(), "owner", "bot", "what", "x", "at", "soon");

        for (var dry : new boolean[] {true, false}) {
            var answer = work.replay(task, Map.of("payload", lacking, "dry_run", dry));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("code").asString()).isEqualTo("invalid_request");
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("payload");
            assertThat(answer.json().at("/errors/0/reason").asString()).endsWith("a SessionChanged without what");
            assertThat(work.replay(task, Map.of("payload", mistaken, "dry_run", dry))
                            .status())
                    .isEqualTo(400);
        }
        var whole = Map.of("user", SHOP + ":u.x", "session_id", work.id(), "owner", "bot", "what", "created", "at", AT);
        assertThat(work.replay(task, Map.of("payload", whole)).status()).isEqualTo(202);
    }

    @Test
    void anEditedPayloadStaysTheShopsOwn() {
        var task = work.fails();

        var others = FakeOwner.edited(FakeOwner.command("1002", work.id()), Map.of());
        var answer = work.replay(task, Map.of("payload", others));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void anEditedQuestionCannotBecomeAnotherShops() {
        var question =
                "{\"user\":\"1001:u.james\",\"id\":\"%s\"}".formatted(work.id()).getBytes(StandardCharsets.UTF_8);
        var task = work.fails(Topic.BOT_QUERY, "1001:u.james", question);

        for (var dry : new boolean[] {true, false}) {
            var edited =
                    Map.of("id", work.id(), "shop_id", SHOP, "user", "1002:u.victim", "session_id", "5", "body", "{}");
            var answer = work.replay(task, Map.of("payload", edited, "dry_run", dry));
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void aRecordThatItsConsumersWouldReadAsAnotherShopsIsNotSent() {
        var task = work.fails(Topic.COMMERCE_EVENT, work.id(), EventJson.encode(event(SHOP)));

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
        work.task("waiting");
    }

    @Test
    void aQuestionThatItsConsumersWouldReadAsAnotherShopsIsNotSent() {
        var question = EventJson.encode(new BotQuery("1001:u.james", work.id(), work.id(), 1, "zh", "", "{}"));
        var task = work.fails(Topic.BOT_QUERY, "1001:u.james", question);

        for (var forged : List.of(
                forged("user", List.of("1002:u.victim")), forged(HASHED_AS_USER, "1002:u.victim"), without("user"))) {
            isRefused(task, forged);
        }
        work.task("waiting");
    }

    @Test
    void aRecordThatItsConsumersCannotReadIsNotSent() {
        var task = work.fails(Topic.COMMERCE_EVENT, work.id(), EventJson.encode(event(SHOP)));

        isRefused(task, forged("at", "some day"));

        work.task("waiting");
    }

    @Test
    void otherSpellingsOfTheShopAreOtherFieldsToItsConsumersToo() {
        var path = LIST + "/" + work.fails() + "/replay";
        var twice = """
                {"payload":{"id":"%s","shop_id":"%s","shop_id":"%s","shopId":"1002","SHOP_ID":"1002",\
                "kind":"coupon","arguments":{},"requested_by":"m","at":"2026-11-01T00:00:00Z"}}
                """;

        var theirs = work.merchant().send("POST", path, "application/json", twice.formatted(work.id(), SHOP, "1002"));
        var ours = work.merchant().send("POST", path, "application/json", twice.formatted(work.id(), "1002", SHOP));

        assertThat(theirs.status()).isEqualTo(400);
        assertThat(ours.status()).as(ours.text()).isEqualTo(202);
        work.awaitSentAgain(1);
        assertThat(EventJson.decode(work.owner().sentAgain(work.id()).getFirst().value(), CommerceCommand.class)
                        .shopId())
                .isEqualTo(SHOP);
    }

    private Map<String, Object> edited(String template, String phone) {
        return FakeOwner.edited(work.command(), Map.of("template_id", template, "phone", phone));
    }

    private void isRefused(String task, Map<String, Object> payload) {
        for (var dry : new boolean[] {true, false}) {
            var answer = work.replay(task, Map.of("payload", payload, "dry_run", dry));

            assertThat(answer.status()).as("%s: %s", payload, answer.text()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("payload");
        }
    }

    private CommerceEvent event(String shop) {
        return new CommerceEvent(work.id(), shop, "command.applied", "james", work.id(), Instant.EPOCH, Map.of());
    }

    /// What is the shop's own, to events and to questions, with one more field or another value of one.
    private Map<String, Object> forged(String name, Object value) {
        var payload = without("");
        payload.put(name, value);
        return payload;
    }

    private Map<String, Object> without(String name) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("id", work.id());
        payload.put("shop_id", SHOP);
        payload.put("type", "command.applied");
        payload.put("user", SHOP + ":u.james");
        payload.remove(name);
        return payload;
    }
}
