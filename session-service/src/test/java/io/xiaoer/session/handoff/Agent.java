package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// An agent of a test, over REST.
public record Agent(String base, String shop, String id, String token) {

    private static final String AGENT = "/api/v1/agent";

    /// An agent of a shop.
    public static Agent of(String base, String shop) {
        String id = "agent-" + UUID.randomUUID();
        JWTClaimsSet claims = TestIssuers.organisationClaims(id, "agent")
                .claim("shop_id", shop)
                .claim("name", "Lin")
                .build();
        return new Agent(base, shop, id, TestIssuers.sign(claims));
    }

    public UserKey key() {
        return new UserKey(new ShopId(shop), UserKey.Kind.AGENT, id);
    }

    public HttpCall call(String method, String path) {
        return HttpCall.of(method, base + path).bearer(token);
    }

    public HttpCall.Reply queue(String query) {
        return call("GET", AGENT + "/queue" + query).send();
    }

    /// The ids of those who wait, in their order.
    public List<String> waiting() {
        return ids(queue(""));
    }

    /// The ids of the sessions that the agent holds.
    public List<String> held() {
        return ids(call("GET", AGENT + "/sessions").send());
    }

    /// `accept`, `release`, `close` or `transfer` to the queue.
    public HttpCall.Reply does(String what, String sid) {
        return call("POST", AGENT + "/sessions/" + sid + '/' + what).send();
    }

    public HttpCall.Reply transfer(String sid, String to) {
        return call("POST", AGENT + "/sessions/" + sid + "/transfer")
                .json("{\"agent_id\":\"" + to + "\"}")
                .send();
    }

    /// Takes a session that must be there to take.
    ///
    /// @return the ownership number
    public long accepts(String sid) {
        var reply = does("accept", sid);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json("data", "attributes", "number").asLong();
    }

    public HttpCall.Reply say(String sid, String text) {
        return call("POST", "/api/v1/bot/sessions/" + sid + "/messages")
                .json("{\"text\":\"" + text + "\"}")
                .send();
    }

    public HttpCall.Reply say(String sid, String text, long number) {
        return call("POST", "/api/v1/bot/sessions/" + sid + "/messages")
                .json("{\"text\":\"" + text + "\",\"number\":" + number + "}")
                .send();
    }

    public HttpCall.Reply drafts(String sid) {
        return drafts(sid, "");
    }

    public HttpCall.Reply drafts(String sid, String query) {
        return call("GET", AGENT + "/sessions/" + sid + "/drafts" + query).send();
    }

    /// The words of the drafts that the agent sees.
    public List<String> draftTexts(String sid) {
        return draftTexts(sid, "");
    }

    public List<String> draftTexts(String sid, String query) {
        var reply = drafts(sid, query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        var texts = new ArrayList<String>();
        for (JsonNode draft : reply.json("data")) {
            texts.add(draft.at("/attributes/content/text").asString());
        }
        return texts;
    }

    private static List<String> ids(HttpCall.Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        var ids = new ArrayList<String>();
        for (JsonNode each : reply.json("data")) {
            ids.add(each.path("id").asString());
        }
        return ids;
    }
}
