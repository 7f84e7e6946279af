package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.conversation.SessionStore;
import io.xiaoer.session.conversation.Shopper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What the tests of hand-off share: a shop of its own for each, with its shoppers and its agents.
@SessionServiceTest
abstract class ShopWithAgents {

    static final String SESSIONS = "/api/v1/bot/sessions/";
    /// Nobody is given a session unless a test wants it, and times are the test's.
    static final String MANUAL = "{\"hand_off\":{\"assignment\":\"manual\"}}";

    @LocalServerPort
    int port;

    @Autowired
    ConversationLog log;

    @Autowired
    AgentPresence presence;

    @Autowired
    SessionStore store;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    String base = "";
    String shop = "";

    @BeforeEach
    void makeShop() {
        base = "http://localhost:" + port;
        shop = TestShops.create(base, MANUAL);
    }

    Shopper shopper() {
        return Shopper.in(base, shop);
    }

    Agent agent() {
        return Agent.of(base, shop);
    }

    static String waits(Shopper shopper) {
        String sid = shopper.session();
        asks(shopper, sid);
        return sid;
    }

    static HttpCall.Reply asks(Shopper shopper, String sid) {
        var reply = shopper.call("POST", SESSIONS + sid + "/handoff")
                .json("{\"reason\":\"angry\"}")
                .send();
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    static JsonNode session(Shopper shopper, String sid) {
        return shopper.call("GET", SESSIONS + sid).send().json("data", "attributes");
    }

    static List<JsonNode> told(Shopper shopper, String sid) {
        var messages = new ArrayList<JsonNode>();
        shopper.read(sid, "?limit=200").json("data").forEach(messages::add);
        return messages;
    }

    static List<String> notices(Shopper shopper, String sid) {
        return told(shopper, sid).stream()
                .filter(message ->
                        message.at("/attributes/from/role").asString().equals("system"))
                .map(message -> message.at("/attributes/content/code").asString())
                .toList();
    }

    AppendOutcome reply(Shopper shopper, String sid, String question, long number) {
        return log.append(Append.reply(
                shopper.key(),
                sid,
                question,
                number,
                new Content.Text("an answer"),
                new Answer("faq", 1, 1, null, null, null)));
    }
}
