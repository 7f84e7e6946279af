package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.conversation.Shopper;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who waits for a person: their place, the estimate, what they are told, and who is not made to wait.
class WaitingForAnAgentIT extends ShopWithAgents {

    @Test
    void theQueueIsOrderedByEntryAndTellsPositionAndEstimate() {
        var first = shopper();
        var second = shopper();
        String one = waits(first);
        String two = waits(second);
        Agent agent = agent();

        var queue = agent.queue("");

        assertThat(agent.waiting()).containsExactly(one, two);
        var attributes = queue.json("data").get(1).path("attributes");
        assertThat(attributes.path("owner").asString()).isEqualTo("queue");
        assertThat(attributes.path("queue_position").asInt()).isEqualTo(2);
        assertThat(attributes.path("estimate_s").asInt()).isEqualTo(240);
        assertThat(attributes.at("/user/id").asString()).isEqualTo(second.id());
        assertThat(attributes.path("reason").asString()).isEqualTo("angry");
        assertThat(queue.json("meta", "waiting").asInt()).isEqualTo(2);
        assertThat(session(second, two).path("queue_position").asInt()).isEqualTo(2);
    }

    @Test
    void aShopperIsToldInTheLanguageThatTheySpeak() {
        var english = shopper();
        var chinese = shopper();
        String one = english.session();
        english.say(one, "where is my parcel, I want a person");
        english.say(one, "ok");
        asks(english, one);
        String other = chinese.session();
        chinese.say(other, "hello");
        chinese.say(other, "我要人工");
        asks(chinese, other);
        Agent agent = agent();
        agent.accepts(one);
        agent.accepts(other);

        assertThat(texts(english, one))
                .containsExactly("You are number 1 in the queue for a person.", "Lin is with you now.");
        assertThat(texts(chinese, other)).containsExactly("已为您转接人工客服，您排在第 2 位，请稍候。", "人工客服 Lin 为您服务。");
    }

    private static List<String> texts(Shopper shopper, String sid) {
        return told(shopper, sid).stream()
                .filter(message ->
                        message.at("/attributes/from/role").asString().equals("system"))
                .map(message -> message.at("/attributes/content/text").asString())
                .toList();
    }

    @Test
    void theQueueIsReadPageByPage() {
        var sids = Stream.generate(this::shopper)
                .limit(5)
                .map(WaitingForAnAgentIT::waits)
                .toList();
        Agent agent = agent();

        var page = agent.queue("?limit=3");
        var rest = agent.queue("?limit=3&after=" + page.json("meta", "next").asString());

        assertThat(page.json("data").size()).isEqualTo(3);
        assertThat(rest.json("data").size()).isEqualTo(2);
        assertThat(rest.json("data").get(0).path("id").asString()).isEqualTo(sids.get(3));
        assertThat(rest.json("data").get(0).at("/attributes/queue_position").asInt())
                .isEqualTo(4);
        for (String bad : new String[] {"?limit=0", "?limit=201", "?limit=x", "?after=nonsense"}) {
            assertThat(agent.queue(bad).status()).as(bad).isEqualTo(400);
        }
    }

    @Test
    void whatGoesBackToTheQueueStandsInFront() {
        String other = waits(shopper());
        String another = waits(shopper());
        var shopper = shopper();
        String sid = waits(shopper);
        Agent agent = agent();
        agent.accepts(sid);

        var returned = agent.does("transfer", sid);

        assertThat(returned.json("data", "attributes", "owner").asString()).isEqualTo("queue");
        assertThat(agent.does("transfer", sid).status()).isEqualTo(200);
        assertThat(agent.waiting()).containsExactly(sid, other, another);
        assertThat(session(shopper, sid).path("queue_position").asInt()).isEqualTo(1);
        assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined", "handed_off");
    }

    @Test
    void theEstimateComesFromTheLastHandlingTimesAndWhoIsThere() {
        for (int i = 1; i <= 6; i++) {
            jdbc.sql("INSERT INTO session_change (shop_id, session_id, number, how, owner_before, owner, changed_at,"
                            + " lasted) VALUES (?, ?, 4, 'RELEASED', 'AGENT', 'BOT', ?, ?)")
                    .params(shop, i, i, i == 6 ? 310_000 : 10_000)
                    .update();
        }
        presence.here(agent().key(), "Lin");
        presence.here(agent().key(), "Bob");
        var first = shopper();

        var reply = asks(first, first.session());

        assertThat(reply.json("data", "attributes", "estimate_s").asLong()).isEqualTo(30);
    }

    @Test
    void theBotPassesOnAnUnaskedShopperOnlyIfSomebodyIsThere() {
        var shopper = shopper();
        String sid = shopper.session();
        String question = shopper.say(sid, "qwertz");
        var wish = "{\"user\":\"" + shopper.key().tag() + "\",\"session_id\":\"" + sid + "\",\"question\":\"" + question
                + "\",\"reason\":\"low_confidence\"}";

        var alone = internal(wish);
        presence.here(agent().key(), "Lin");
        var together = internal(wish);

        assertThat(alone.status()).isEqualTo(409);
        assertThat(alone.json("code").asString()).isEqualTo("agent_away");
        assertThat(together.status()).as(together.toString()).isEqualTo(200);
        assertThat(together.json("data", "attributes", "repeated").asBoolean()).isFalse();
        assertThat(internal(wish).json("data", "attributes", "repeated").asBoolean())
                .isTrue();
        assertThat(session(shopper, sid).path("owner").asString()).isEqualTo("queue");
        var told = told(shopper, sid);
        assertThat(told).hasSize(2);
        assertThat(told.getLast().at("/attributes/reply_to").asString()).isEqualTo(question);
    }

    @Test
    void whoDoesNotWantToLiveWaitsInFrontThoughNobodyIsThereAndIsToldKindly() {
        String other = waits(shopper());
        var shopper = shopper();
        String sid = shopper.session();
        String question = shopper.say(sid, "我想死");
        var wish = "{\"user\":\"" + shopper.key().tag() + "\",\"session_id\":\"" + sid + "\",\"question\":\"" + question
                + "\",\"reason\":\"despair\"}";

        var reply = internal(wish);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(internal(wish).json("data", "attributes", "repeated").asBoolean())
                .isTrue();
        assertThat(texts(shopper, sid)).singleElement().asString().contains("担心您", "信任的人", "转接人工客服，您排在第 1 位");
        Agent agent = agent();
        assertThat(agent.waiting()).containsExactly(sid, other);
        assertThat(agent.queue("").json("data").get(0).at("/attributes/reason").asString())
                .isEqualTo("despair");
    }

    @Test
    void whoWaitsAlreadyAndDoesNotWantToLiveComesToTheFrontAndIsToldKindly() {
        String first = waits(shopper());
        var shopper = shopper();
        String sid = waits(shopper);
        String last = waits(shopper());
        Agent agent = agent();
        var since =
                agent.queue("").json("data").get(1).at("/attributes/queued_at").asString();

        shopper.say(sid, "没人理我，我想死");
        shopper.say(sid, "我想死");

        await().untilAsserted(() -> assertThat(agent.waiting()).containsExactly(sid, first, last));
        var shown = agent.queue("").json("data").get(0).path("attributes");
        assertThat(shown.path("reason").asString()).isEqualTo("despair");
        assertThat(shown.path("queued_at").asString()).isEqualTo(since);
        await().untilAsserted(() -> assertThat(texts(shopper, sid).getLast()).contains("担心您", "您排在第 1 位"));
    }

    @Test
    void aShopThatPassesNobodyOnUnaskedPassesDespairOn() {
        shop = TestShops.create(base, "{\"hand_off\":{\"assignment\":\"manual\",\"when_unsure\":\"never\"}}");
        var shopper = shopper();
        String sid = shopper.session();
        String question = shopper.say(sid, "我想死");
        var wish = "{\"user\":\"" + shopper.key().tag() + "\",\"session_id\":\"" + sid + "\",\"question\":\"" + question
                + "\",\"reason\":\"";

        assertThat(internal(wish + "sensitive\"}").status()).isEqualTo(409);
        assertThat(internal(wish + "despair\"}").status()).isEqualTo(200);
        assertThat(session(shopper, sid).path("owner").asString()).isEqualTo("queue");
    }

    private HttpCall.Reply internal(String wish) {
        return HttpCall.post(base + "/internal/handoffs")
                .bearer(TestIssuers.internal(shop, "bot-service", "session-service"))
                .json(wish)
                .send();
    }

    @Test
    void outsideTheHoursAShopperLeavesAMessage() {
        var local = clock.instant().atZone(ZoneOffset.UTC);
        String tomorrow = local.plusDays(1).getDayOfWeek().name().toLowerCase(Locale.ROOT);
        shop = TestShops.create(
                base,
                "{\"hours_of_service\":{\"time_zone\":\"UTC\",\"weekly\":[{\"day\":\"" + tomorrow
                        + "\",\"from\":\"09:00\",\"to\":\"18:00\"}]},\"hand_off\":{\"assignment\":\"manual\"}}");
        var shopper = shopper();
        String sid = shopper.session();

        var reply = asks(shopper, sid);

        assertThat(reply.json("data", "attributes", "owner").asString()).isEqualTo("queue");
        assertThat(reply.json("data", "attributes", "estimate_s").asLong())
                .isGreaterThan(Duration.ofHours(8).toSeconds());
        assertThat(notices(shopper, sid)).containsExactly("outside_hours");
        assertThat(told(shopper, sid).getFirst().at("/attributes/content/text").asString())
                .contains("09:00");
        shopper.say(sid, "please call me");
        assertThat(agent().waiting()).containsExactly(sid);
    }
}
