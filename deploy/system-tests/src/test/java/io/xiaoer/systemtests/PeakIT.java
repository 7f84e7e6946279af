package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// More questions than the bot is left with: it is skipped for that shop alone, and comes back by itself.
class PeakIT {

    private static final int LIMIT = 3;

    private final Suite suite = Suite.get();

    @AfterEach
    void bringTheDefaultBack() {
        limit(10_000);
    }

    @Test
    void theBotIsSkippedUntilItHasAnsweredWhatWaits() {
        var faq = Made.faq(Made.SHOP);
        var waiting = new LinkedHashMap<String, Shopper>();
        var late = Shopper.random(Made.SHOP);
        String skipped;
        limit(LIMIT);
        try (var halted = Suite.halt("bot-service")) {
            assertThat(halted).isNotNull();
            for (int i = 0; i <= LIMIT; i++) {
                var shopper = Shopper.random(Made.SHOP);
                waiting.put(shopper.say(faq.question()).data().getString("id"), shopper);
            }
            skipped = Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                String question =
                                        late.say(faq.question()).data().getString("id");
                                waiting.put(question, late);
                                return question;
                            },
                            question -> !late.answersTo(question).isEmpty());
            var notice = outcome(late, skipped);
            assertThat(notice.getJSONObject("from").getString("role")).isEqualTo("system");
            assertThat(notice.getJSONObject("content").getString("code")).isEqualTo("degraded");
            var elsewhere = Shopper.random(Made.OTHER_SHOP);
            String other = elsewhere.say("hello").data().getString("id");
            assertThat(elsewhere.answersTo(other)).isEmpty();
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> waiting.forEach((question, shopper) ->
                        assertThat(shopper.answersTo(question)).hasSize(1)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> faq.answer()
                        .equals(late.ask(faq.question())
                                .getJSONObject("content")
                                .getString("text")));
        waiting.remove(skipped);
        waiting.forEach((question, shopper) ->
                assertThat(outcome(shopper, question).toString()).contains(faq.answer()));
    }

    private static JSONObject outcome(Shopper shopper, String question) {
        return shopper.answersTo(question).getFirst().getJSONObject("attributes");
    }

    private void limit(int questions) {
        var merchant = new Rest(suite.gateway(), suite.merchant(Made.SHOP));
        var settings =
                new LinkedHashMap<String, Object>(merchant.get("/api/v1/shop").attributes());
        settings.put("limits", Map.of("waiting_questions", questions));
        var changed = merchant.put("/api/v1/shop", settings);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }
}
