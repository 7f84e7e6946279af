package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/// A shopper with an open session, over REST.
record Shopper(String userId, Rest rest, String sid) {

    /// A new shopper of a shop, vouched for by its merchant. Asks again, as a client does, while the suite cannot.
    static Shopper of(String shop, String userId) {
        var suite = Suite.get();
        var merchant = new Rest(suite.gateway(), suite.merchant(shop));
        var token = merchant.post("/api/v1/bot/chat-tokens", Map.of("user_id", userId));
        assertThat(token.status()).as(token.text()).isIn(200, 201);
        var rest = new Rest(suite.gateway(), token.attributes().getString("token"));
        var session = open(rest);
        for (int i = 0; i < 9 && session.status() == 503; i++) {
            session = open(rest);
        }
        assertThat(session.status()).as(session.text()).isIn(200, 201);
        return new Shopper(userId, rest, session.data().getString("id"));
    }

    private static Rest.Reply open(Rest rest) {
        return rest.post("/api/v1/bot/sessions", Map.of("device", "web", "locale", "zh"));
    }

    static Shopper random(String shop) {
        return of(shop, "buyer-" + UUID.randomUUID());
    }

    String messages() {
        return "/api/v1/bot/sessions/" + sid + "/messages";
    }

    Rest.Reply say(String text, String... headers) {
        return rest.post(messages(), Rest.text(text), headers);
    }

    /// Asks and waits for the answer, also for one that comes later than a call may wait.
    JSONObject ask(String text) {
        var reply = say(text, "Prefer", "wait=10");
        if (reply.status() == 202) {
            var question = reply.data().getString("id");
            Awaitility.await(text)
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(answersTo(question)).isNotEmpty());
            return answersTo(question).getFirst().getJSONObject("attributes");
        }
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().getJSONArray("included").getJSONObject(0).getJSONObject("attributes");
    }

    /// The whole log.
    List<JSONObject> log() {
        var reply = rest.get(messages() + "?last_message_id=0&limit=200");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.list();
    }

    /// What answers a question.
    List<JSONObject> answersTo(String questionId) {
        return log().stream()
                .filter(message ->
                        questionId.equals(message.getJSONObject("attributes").getString("reply_to")))
                .toList();
    }
}
