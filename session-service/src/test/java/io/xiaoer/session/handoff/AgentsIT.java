package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.conversation.Shopper;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Agents over REST: each call's answer and its refusals.
class AgentsIT extends ShopWithAgents {

    @Autowired
    private MeterRegistry meters;

    @Test
    void whatAnAgentSaysIsMaskedAndWhatIsFlaggedIsMarkedForTheAgent() {
        shop = TestShops.create(base, """
                {"hand_off":{"assignment":"manual"},"sensitive_words":{"categories":[
                 {"name":"rivals","action":"flag","words":["某宝"]},{"name":"contact","action":"block"}]}}""");
        var shopper = shopper();
        String sid = waits(shopper);
        Agent agent = agent();
        agent.accepts(sid);

        var masked = agent.say(sid, "去赌博吧");
        var flagged = shopper.say(sid, "flagged", "某宝更便宜");
        var refused = agent.say(sid, "加微信abc12345");

        assertThat(masked.status()).as(masked.toString()).isEqualTo(202);
        assertThat(masked.json("data").at("/attributes/content/text").asString())
                .isEqualTo("去**吧");
        assertThat(flagged.json("data").at("/attributes/content/text").asString())
                .isEqualTo("某宝更便宜");
        assertThat(flagged.json("data").path("attributes").has("flags")).isFalse();
        assertThat(shopper.read(sid, "").toString()).contains("某宝更便宜").doesNotContain("\"flags\"");
        assertThat(agent.call("GET", "/api/v1/bot/sessions/" + sid + "/messages")
                        .send()
                        .toString())
                .contains("\"flags\":[\"rivals\"]");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json("code").asString()).isEqualTo("forbidden");
        assertThat(refused.toString()).doesNotContain("abc12345");
        assertThat(told(shopper, sid).toString()).doesNotContain("赌博", "abc12345");
    }

    @Test
    void agentsAddressesAreForAgentsOfThisShopAlone() {
        var shopper = shopper();
        String sid = waits(shopper);
        var calls = List.of(
                "GET /queue",
                "GET /sessions",
                "POST /sessions/" + sid + "/accept",
                "POST /sessions/" + sid + "/transfer",
                "POST /sessions/" + sid + "/release",
                "POST /sessions/" + sid + "/close",
                "GET /sessions/" + sid + "/drafts");
        var tokens =
                List.of(shopper.token(), TestIssuers.guest(shop, "g-1"), TestIssuers.merchant(shop), TestIssuers.ops());
        for (String call : calls) {
            String method = call.substring(0, call.indexOf(' '));
            String path = base + "/api/v1/agent" + call.substring(call.indexOf(' ') + 1);
            assertThat(HttpCall.of(method, path).send().status()).as(call).isEqualTo(401);
            for (String token : tokens) {
                assertThat(HttpCall.of(method, path).bearer(token).send().status())
                        .as(call)
                        .isEqualTo(403);
            }
        }

        Agent stranger = Agent.of(base, TestShops.create(base, MANUAL));

        assertThat(stranger.waiting()).isEmpty();
        for (String what : new String[] {"accept", "transfer", "release", "close"}) {
            assertThat(stranger.does(what, sid).status()).as(what).isEqualTo(404);
        }
        assertThat(stranger.transfer(sid, "somebody").status()).isEqualTo(404);
        assertThat(stranger.drafts(sid).status()).isEqualTo(404);
        assertThat(stranger.say(sid, "hello").status()).isEqualTo(404);
        assertThat(stranger.does("accept", "nonsense").status()).isEqualTo(404);
        assertThat(session(shopper, sid).path("owner").asString()).isEqualTo("queue");
    }

    @Test
    void whoAcceptsHoldsTheSessionAndTalksInIt() {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent lin = agent();
        Agent bob = agent();

        var accepted = lin.does("accept", sid);

        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        var attributes = accepted.json("data", "attributes");
        assertThat(attributes.path("owner").asString()).isEqualTo("agent");
        assertThat(attributes.at("/agent/id").asString()).isEqualTo(lin.id());
        assertThat(attributes.path("number").asLong()).isEqualTo(3);
        assertThat(session(shopper, sid).at("/agent/name").asString()).isEqualTo("Lin");
        assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined");
        assertThat(lin.held()).containsExactly(sid);
        assertThat(lin.waiting()).isEmpty();

        assertThat(lin.does("accept", sid).status()).isEqualTo(200);
        var refused = bob.does("accept", sid);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json("code").asString()).isEqualTo("held");
        var said = lin.say(sid, "您好");
        assertThat(said.status()).isEqualTo(202);
        assertThat(said.json("data").at("/attributes/from/name").asString()).isEqualTo("Lin");
        assertThat(bob.say(sid, "hello").status()).isEqualTo(403);
        assertThat(bob.drafts(sid).json("data").size()).isZero();
        assertThat(shopper.say(sid, "hello").length()).isPositive();
        assertThat(lin.call("GET", SESSIONS + sid + "/messages")
                        .send()
                        .json("data")
                        .size())
                .isEqualTo(4);
        assertThat(bob.call("GET", SESSIONS + sid + "/messages").send().status())
                .isEqualTo(403);
        var seen = lin.call("GET", SESSIONS + sid).send();
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json("data", "attributes", "owner").asString()).isEqualTo("agent");
        assertThat(bob.call("GET", SESSIONS + sid).send().status()).isEqualTo(403);
        assertThat(lin.call("DELETE", SESSIONS + sid).send().status()).isEqualTo(403);
        assertThat(notices(shopper, sid)).hasSize(2);
    }

    @Test
    void onlyAWaitingSessionIsAccepted() {
        var shopper = shopper();
        String sid = shopper.session();
        Agent agent = agent();

        assertThat(agent.does("accept", sid).json("code").asString()).isEqualTo("conflict");
        shopper.call("DELETE", SESSIONS + sid).send();
        var closed = agent.does("accept", sid);

        assertThat(closed.status()).isEqualTo(409);
        assertThat(closed.json("code").asString()).isEqualTo("closed");
    }

    @Test
    void aSessionIsGivenToAnAgentWhoIsThereAndHasRoom() {
        shop = TestShops.create(base, "{\"hand_off\":{\"assignment\":\"manual\",\"sessions_per_agent\":1}}");
        var shopper = shopper();
        String sid = waits(shopper);
        Agent lin = agent();
        Agent bob = agent();
        Agent eve = agent();
        lin.accepts(sid);

        assertThat(lin.transfer(sid, bob.id()).json("code").asString()).isEqualTo("agent_away");
        assertThat(lin.transfer(sid, lin.id()).status()).isEqualTo(400);
        assertThat(eve.transfer(sid, bob.id()).status()).isEqualTo(403);
        presence.here(bob.key(), "Bob");
        var given = lin.transfer(sid, bob.id());

        assertThat(given.status()).as(given.toString()).isEqualTo(200);
        assertThat(given.json("data", "attributes", "agent").path("id").asString())
                .isEqualTo(bob.id());
        assertThat(lin.transfer(sid, bob.id()).status()).isEqualTo(200);
        assertThat(bob.held()).containsExactly(sid);
        assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined", "agent_joined");
        String other = waits(shopper());
        lin.accepts(other);
        assertThat(lin.transfer(other, bob.id()).json("code").asString()).isEqualTo("agent_busy");
    }

    @Test
    void whoGaveASessionAwayIsToldNothingMoreByACallThatWaited() throws Exception {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent lin = agent();
        Agent bob = agent();
        lin.accepts(sid);
        presence.here(bob.key(), "Bob");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String before = last(shopper, sid);
            var gone = threads.submit(() -> polls(lin, sid, before));
            await().until(() -> waiting() > 0);

            assertThat(lin.transfer(sid, bob.id()).status()).isEqualTo(200);

            assertThat(gone.get().status()).as(gone.get().toString()).isEqualTo(403);
            String since = last(shopper, sid);
            var held = threads.submit(() -> polls(bob, sid, since));
            String said = shopper.say(sid, "for Bob alone");
            assertThat(held.get().status()).isEqualTo(200);
            assertThat(held.get().json("data").get(0).path("id").asString()).isEqualTo(said);
        }
    }

    @Test
    void whoClosesASessionIsToldSoByACallThatWaited() throws Exception {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent lin = agent();
        lin.accepts(sid);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String before = last(shopper, sid);
            var told = threads.submit(() -> polls(lin, sid, before));
            await().until(() -> waiting() > 0);

            assertThat(lin.does("close", sid).status()).isEqualTo(200);

            assertThat(told.get().status()).as(told.get().toString()).isEqualTo(200);
            assertThat(told.get().json("data"))
                    .singleElement()
                    .satisfies(notice -> assertThat(
                                    notice.at("/attributes/content/code").asString())
                            .isEqualTo("closed"));
            assertThat(polls(lin, sid, last(shopper, sid)).status()).isEqualTo(403);
        }
    }

    private static HttpCall.Reply polls(Agent agent, String sid, String after) {
        return agent.call("GET", SESSIONS + sid + "/messages?wait=25&last_message_id=" + after)
                .send();
    }

    private static String last(Shopper shopper, String sid) {
        return told(shopper, sid).getLast().path("id").asString();
    }

    private double waiting() {
        return meters.get("xiaoer.calls.waiting").gauge().value();
    }

    @Test
    void whatIsSaidUnderAnOlderNumberBecomesADraftOfItsAuthorAlone() {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent lin = agent();
        Agent bob = agent();
        long number = lin.accepts(sid);
        presence.here(bob.key(), "Bob");
        lin.transfer(sid, bob.id());

        var refused = lin.say(sid, "one moment", number);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(lin.say(sid, "without a number").status()).isEqualTo(403);
        assertThat(lin.draftTexts(sid)).containsExactly("without a number", "one moment");
        assertThat(bob.draftTexts(sid)).isEmpty();
        assertThat(bob.say(sid, "under an older one", number).status()).isEqualTo(403);
        assertThat(bob.draftTexts(sid)).containsExactly("under an older one");
        assertThat(bob.say(sid, "now", number + 1).status()).isEqualTo(202);
        assertThat(told(shopper, sid).stream()
                        .filter(message ->
                                message.at("/attributes/from/role").asString().equals("agent")))
                .hasSize(1);
    }

    @Test
    void aReleasedSessionIsTheBotsAgain() {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent agent = agent();
        agent.accepts(sid);
        assertThat(agent().does("release", sid).status()).isEqualTo(403);

        var released = agent.does("release", sid);

        assertThat(released.json("data", "attributes", "owner").asString()).isEqualTo("bot");
        assertThat(agent.does("release", sid).status()).isEqualTo(200);
        assertThat(agent.say(sid, "too late").status()).isEqualTo(403);
        String question = shopper.say(sid, "and now?");
        assertThat(reply(shopper, sid, question, 4)).isInstanceOf(AppendOutcome.Stored.class);
        assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined", "back_to_bot");
    }

    @Test
    void theHolderClosesTheSession() {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent agent = agent();
        assertThat(agent.does("close", sid).status()).isEqualTo(403);
        agent.accepts(sid);
        assertThat(agent().does("close", sid).status()).isEqualTo(403);

        assertThat(agent.does("close", sid).json("data", "attributes", "owner").asString())
                .isEqualTo("closed");
        assertThat(agent.does("close", sid).status()).isEqualTo(200);
        assertThat(shopper.say(sid, "x", "still there?").json("code").asString())
                .isEqualTo("closed");
        assertThat(agent.say(sid, "bye").json("code").asString()).isEqualTo("closed");
        assertThat(agent.does("release", sid).json("code").asString()).isEqualTo("closed");
        assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined", "closed");
    }

    @Test
    void everyChangeIsAuditedAndAnEvent() {
        String sid = waits(shopper());
        Agent agent = agent();
        agent.accepts(sid);
        agent.does("release", sid);

        assertThat(jdbc.sql("SELECT CONCAT(number, ' ', how, ' ', COALESCE(changed_by, '-')) FROM session_change"
                                + " WHERE shop_id = ? AND session_id = ? ORDER BY number")
                        .params(shop, Long.parseLong(sid))
                        .query(String.class)
                        .list())
                .containsExactly("2 HANDED_OFF -", "3 ACCEPTED " + agent.id(), "4 RELEASED " + agent.id());
        assertThat(jdbc.sql("SELECT CONVERT(payload USING utf8mb4) FROM outbox WHERE record_key LIKE ?"
                                + " AND topic = 'cs.session' ORDER BY id")
                        .param(shop + ":%")
                        .query(String.class)
                        .list())
                .extracting(event -> event.replaceAll(".*\"what\":\"([a-z_]+)\".*", "$1"))
                .containsExactly("created", "handed_off", "accepted", "released");
    }
}
