package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.conversation.Shopper;
import io.xiaoer.session.delivery.NodeSubscription;
import io.xiaoer.session.handoff.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Agents over the WebSocket, with the shopper's devices and the agents on two nodes.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class AgentSocketsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @SuppressWarnings("NullAway.Init")
    private static Node one;

    @SuppressWarnings("NullAway.Init")
    private static Node two;

    private String shop = "";

    @SuppressWarnings("NullAway.Init")
    private Shopper shopper;

    @SuppressWarnings("NullAway.Init")
    private Agent lin;

    @SuppressWarnings("NullAway.Init")
    private Agent bob;

    private String sid = "";

    @BeforeAll
    static void startNodes() {
        one = Node.start("agents-one", Map.of());
        two = Node.start("agents-two", Map.of());
    }

    @AfterAll
    static void stopNodes() {
        one.close();
        two.close();
    }

    @BeforeEach
    void askForAPerson() {
        shop = TestShops.create(one.url(), "{\"hand_off\":{\"assignment\":\"manual\"}}");
        shopper = Shopper.in(one.url(), shop);
        lin = Agent.of(one.url(), shop);
        bob = Agent.of(two.url(), shop);
        sid = shopper.session();
        handOff();
    }

    private void handOff() {
        assertThat(shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/handoff")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    private static ImClient on(Node node, Agent agent) throws InterruptedException {
        return ImClient.greeted(node.im(""), agent.token());
    }

    private ImClient device(Node node) throws InterruptedException {
        return ImClient.greeted(node.im("?device=app"), shopper.token());
    }

    private static JSONObject state(ImClient client, String owner) throws InterruptedException {
        var state = client.next("state");
        assertThat(state.getString("owner")).isEqualTo(owner);
        return state;
    }

    @Test
    void changesOfOwnerReachAllDevicesAndAgentsOnEveryNode() throws Exception {
        try (var web = device(one);
                var app = device(two);
                var holder = on(two, lin);
                var colleague = on(one, bob)) {
            lin.accepts(sid);

            for (var client : List.of(web, app, holder, colleague)) {
                var state = state(client, "agent");
                assertThat(state.getString("sid")).isEqualTo(sid);
                assertThat(state.getJSONObject("agent").getString("id")).isEqualTo(lin.id());
            }
            lin.does("transfer", sid);
            for (var client : List.of(web, app, holder, colleague)) {
                state(client, "queue");
            }
            bob.accepts(sid);
            bob.does("release", sid);
            for (var client : List.of(web, app, holder, colleague)) {
                state(client, "agent");
                assertThat(state(client, "bot").containsKey("agent")).isFalse();
            }
        }
    }

    @Test
    void anAgentGetsTheMessagesOfTheSessionsThatTheyHoldAndNoOthers() throws Exception {
        try (var holder = on(two, lin);
                var colleague = on(one, bob);
                var web = device(one)) {
            lin.accepts(sid);
            var said = new ArrayList<String>();
            for (int i = 0; i < 10; i++) {
                said.add(shopper.say(sid, "said " + i));
            }
            holder.say(sid, "您好");
            said.add(holder.next("ack").getString("message_id"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(holder.messageIds()).containsAll(said));
            assertThat(holder.messageIds()).doesNotHaveDuplicates().isSortedAccordingTo(SnowflakeIds::compare);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(web.messageIds()).isEqualTo(holder.messageIds()));
            assertThat(colleague.messageIds()).isEmpty();
            var hello = web.frames().stream()
                    .filter(frame -> "message".equals(frame.getString("type")))
                    .toList()
                    .getLast()
                    .getJSONObject("data")
                    .getJSONObject("attributes")
                    .getJSONObject("from");
            assertThat(hello.getString("name")).isEqualTo("Lin");

            colleague.say(sid, "me too");
            assertThat(colleague.next("error").getString("code")).isEqualTo("forbidden");
        }
    }

    @Test
    void whoGaveASessionAwayGetsNoMoreOfIt() throws Exception {
        try (var former = on(one, lin);
                var next = on(two, bob)) {
            lin.accepts(sid);
            assertThat(lin.transfer(sid, bob.id()).status()).isEqualTo(200);
            state(former, "agent");
            state(former, "agent");
            state(next, "agent");
            state(next, "agent");
            await().atMost(PATIENCE).until(() -> watchers().equals(1L));
            String said = shopper.say(sid, "who are you?");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(next.messageIds()).contains(said));
            assertThat(former.messageIds()).doesNotContain(said);
            former.say(sid, "wait");
            var refused = former.next("error");
            assertThat(refused.getString("code")).isEqualTo("forbidden");
            assertThat(former.next("draft").getJSONObject("content").getString("text"))
                    .isEqualTo("wait");
            assertThat(lin.draftTexts(sid)).containsExactly("wait");
            assertThat(next.frames()).noneMatch(frame -> "draft".equals(frame.getString("type")));
        }
    }

    @Test
    void whatTheHolderSaysAfterTheSessionWasClosedIsTheirDraft() throws Exception {
        try (var holder = on(one, lin);
                var console = on(two, lin);
                var colleague = on(two, bob)) {
            lin.accepts(sid);
            state(holder, "agent");
            assertThat(shopper.call("DELETE", "/api/v1/bot/sessions/" + sid)
                            .send()
                            .status())
                    .isBetween(200, 204);
            state(holder, "closed");

            holder.say(sid, "wait");
            colleague.say(sid, "me too");

            var refused = holder.next("error");
            assertThat(refused.getString("code")).isEqualTo("closed");
            assertThat(refused.getString("detail")).contains("kept as a draft");
            for (var device : List.of(holder, console)) {
                var draft = device.next("draft");
                assertThat(draft.getString("sid")).isEqualTo(sid);
                assertThat(draft.getJSONObject("content").getString("text")).isEqualTo("wait");
            }
            assertThat(colleague.next("error").getString("code")).isEqualTo("closed");
            assertThat(lin.draftTexts(sid)).containsExactly("wait");
            assertThat(bob.draftTexts(sid)).isEmpty();
            colleague.send("{\"type\":\"ping\"}");
            colleague.next("pong");
            assertThat(colleague.frames()).noneMatch(frame -> "draft".equals(frame.getString("type")));
        }
    }

    private Long watchers() {
        return one.bean(StringRedisTemplate.class).opsForHash().values(RedisKeys.online(shopper.key())).stream()
                .filter(entry -> entry.toString().contains("|agent|"))
                .count();
    }

    @Test
    void typingAndReadGoBetweenShopperAndHolder() throws Exception {
        try (var web = device(one);
                var holder = on(two, lin);
                var colleague = on(two, bob)) {
            lin.accepts(sid);
            state(holder, "agent");
            web.send("{\"type\":\"typing\",\"sid\":\"" + sid + "\",\"on\":true}");
            assertThat(holder.next("typing").getString("from")).isEqualTo("user");
            holder.send("{\"type\":\"typing\",\"sid\":\"" + sid + "\",\"on\":true}");
            assertThat(web.next("typing").getString("from")).isEqualTo("agent");
            holder.send("{\"type\":\"read\",\"sid\":\"" + sid + "\",\"up_to\":\"5\"}");
            assertThat(web.next("read").getString("up_to")).isEqualTo("5");
            colleague.send("{\"type\":\"typing\",\"sid\":\"" + sid + "\",\"on\":true}");
            assertThat(colleague.next("error").getString("code")).isEqualTo("forbidden");
            web.send("{\"type\":\"read\",\"sid\":\"" + sid + "\",\"up_to\":\"7\"}");
            assertThat(holder.next("read").getString("up_to")).isEqualTo("7");
            assertThat(colleague.frames()).noneMatch(frame -> "typing".equals(frame.getString("type")));
        }
    }

    @Test
    void aSyncNamesTheSessionWhoseLogItMeans() throws Exception {
        String before = shopper.say(sid, "before");
        lin.accepts(sid);
        var strange = Agent.of(one.url(), TestShops.create(one.url()));
        try (var holder = on(two, lin);
                var colleague = on(two, bob);
                var stranger = on(two, strange)) {
            assertThat(state(holder, "agent").getString("sid")).isEqualTo(sid);
            var sync = "{\"type\":\"sync\",\"after\":\"0\",\"sid\":\"" + sid + "\"}";
            holder.send(sync);
            var synced = holder.next("synced");
            assertThat(synced.getString("sid")).isEqualTo(sid);
            assertThat(synced.getBooleanValue("recovered")).isTrue();
            assertThat(holder.messageIds()).contains(before).isSortedAccordingTo(SnowflakeIds::compare);
            assertThat(synced.getString("last")).isEqualTo(holder.messageIds().getLast());

            colleague.send(sync);
            assertThat(colleague.next("error").getString("code")).isEqualTo("forbidden");
            stranger.send(sync);
            assertThat(stranger.next("error").getString("code")).isEqualTo("not_found");
            stranger.send("{\"type\":\"sync\",\"after\":\"0\",\"sid\":\"nonsense\"}");
            assertThat(stranger.next("error").getString("code")).isEqualTo("not_found");
            colleague.sync("0");
            assertThat(colleague.next("synced").getBooleanValue("recovered")).isTrue();
            assertThat(colleague.messageIds()).isEmpty();
        }
    }

    @Test
    void whatTheBotWantedToSayIsADraftOfTheHolder() throws Exception {
        var asking = Shopper.in(one.url(), shop);
        String talk = asking.session();
        String question = asking.say(talk, "where is it?");
        asking.call("POST", "/api/v1/bot/sessions/" + talk + "/handoff").send();
        try (var holder = on(two, lin);
                var colleague = on(one, bob);
                var web = ImClient.greeted(one.im(""), asking.token())) {
            lin.accepts(talk);
            state(holder, "agent");

            var late = one.bean(ConversationLog.class)
                    .append(Append.reply(
                            asking.key(),
                            talk,
                            question,
                            1,
                            new Content.Text("on its way"),
                            new Answer("faq", 1, 1, null, null, null)));

            assertThat(late).isInstanceOf(AppendOutcome.Fenced.class);
            var draft = holder.next("draft");
            assertThat(draft.getString("sid")).isEqualTo(talk);
            assertThat(draft.getString("reply_to")).isEqualTo(question);
            assertThat(draft.getJSONObject("content").getString("text")).isEqualTo("on its way");
            assertThat(lin.draftTexts(talk)).containsExactly("on its way");
            assertThat(bob.draftTexts(talk)).isEmpty();
            for (var client : List.of(colleague, web)) {
                client.send("{\"type\":\"ping\"}");
                client.next("pong");
                assertThat(client.frames())
                        .noneMatch(frame -> "draft".equals(frame.getString("type")))
                        .noneMatch(frame -> frame.toString().contains("on its way"));
            }
        }
    }

    @Test
    void anEmptiedRedisAndALostPushChangeNothingForTheHolder() throws Exception {
        try (var holder = on(two, lin);
                var web = device(one)) {
            lin.accepts(sid);
            state(holder, "agent");
            RealServers.flushRedis();
            String after = sayUntilTaken(web, "after");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(holder.messageIds()).contains(after));
            String answer = sayUntilTaken(holder, "still here");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(web.messageIds()).contains(answer));

            two.bean(NodeSubscription.class).close();
            web.say(sid, "nobody listens");
            String missed = web.next("ack").getString("message_id");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(holder.messageIds()).contains(missed));
            assertThat(holder.messageIds()).doesNotHaveDuplicates();
        }
    }

    /// As a client does: what is not acknowledged is sent again under its own id.
    private String sayUntilTaken(ImClient client, String text) throws InterruptedException {
        String id = java.util.UUID.randomUUID().toString();
        for (int i = 0; i < 10; i++) {
            client.say(id, sid, text);
            var answer = client.next(frame -> List.of("ack", "error").contains(frame.getString("type")));
            if (answer.getString("type").equals("ack")) {
                return answer.getString("message_id");
            }
            assertThat(answer.getString("code")).isEqualTo("unavailable");
        }
        throw new AssertionError("never taken");
    }

    @Test
    void ofManyWhoAcceptOnTwoNodesOneHoldsIt() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var agents = new ArrayList<Agent>();
            for (int i = 0; i < 12; i++) {
                agents.add(Agent.of(i % 2 == 0 ? one.url() : two.url(), shop));
            }
            for (int round = 0; round < 5; round++) {
                var statuses = threads
                        .invokeAll(agents.stream()
                                .<Callable<Integer>>map(
                                        agent -> () -> agent.does("accept", sid).status())
                                .toList())
                        .stream()
                        .map(Future::resultNow)
                        .toList();
                assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
                var holder = agents.get(statuses.indexOf(200));
                assertThat(agents.stream().filter(agent -> agent.held().contains(sid)))
                        .containsExactly(holder);
                assertThat(holder.does("transfer", sid).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void anAgentWhoIsGoneLosesTheSessionToTheFrontOfTheQueue() throws Exception {
        var other = Shopper.in(one.url(), shop);
        other.call("POST", "/api/v1/bot/sessions/" + other.session() + "/handoff")
                .send();
        try (var impatient = Node.start("agents-three", Map.of("xiaoer.handoff.away-after", "3s"))) {
            try (var holder = on(impatient, lin)) {
                lin.accepts(sid);
                state(holder, "agent");
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(bob.waiting()).startsWith(sid).hasSize(2));
            // The queue may be drawn from the rows before Redis knows.
            await().untilAsserted(
                            () -> assertThat(lin.say(sid, "back").status()).isEqualTo(403));
        }
    }
}
