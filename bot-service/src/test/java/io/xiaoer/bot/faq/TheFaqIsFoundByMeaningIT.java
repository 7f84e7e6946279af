package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bot.RunningBot;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// An FAQ is found by what is meant, follows its changes, and says how it came to a decision.
class TheFaqIsFoundByMeaningIT extends RunningBot {

    private static final Duration SOON = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final String token = ISSUERS.merchant(shop);

    @Test
    void anEntryIsFoundInOtherWordsOnceItIsPut() throws Exception {
        put("hours", "门店几点开门", "每天九点。", "门店营业时间是几点");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(decision("请问门店是几点开门的呢")).isEqualTo("answer"));

        var found = search("请问门店是几点开门的呢").getJSONArray("data").getJSONObject(0);
        assertThat(found.getString("id")).isEqualTo("hours");
        var attributes = found.getJSONObject("attributes");
        assertThat(attributes.getDouble("score")).isBetween(.6, 1.);
        assertThat(attributes.getJSONObject("matched").getString("by")).isEqualTo("similar");
        assertThat(attributes.getJSONObject("matched").getString("text")).isIn("门店几点开门", "门店营业时间是几点");
    }

    @Test
    void aChangedEntryIsFoundByItsNewWordsAndADeletedOneByNone() throws Exception {
        put("e", "门店几点开门", "每天九点。");
        await().atMost(SOON).until(() -> decision("请问门店是几点开门的呢").equals("answer"));

        put("e", "会员积分怎么兑换", "在会员中心兑换。");
        await().atMost(SOON).until(() -> decision("请问会员积分怎么兑换呀").equals("answer"));
        assertThat(decision("请问门店是几点开门的呢")).isNotEqualTo("answer");

        assertThat(call("DELETE", "/e", null).statusCode()).isEqualTo(204);
        assertThat(search("请问会员积分怎么兑换呀").getJSONArray("data")).isEmpty();
    }

    @Test
    void whatNoShopServesIsNotAnswered() throws Exception {
        put("hours", "门店几点开门", "每天九点。");
        await().atMost(SOON).until(() -> decision("请问门店是几点开门的呢").equals("answer"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(decision("明天上海天气好吗")).isEqualTo("clarify"));
        assertThat(decision("\ud83d\ude00\ud83d\ude00")).isEqualTo("handoff");
        assertThat(decision("好".repeat(500))).isNotEqualTo("answer");
    }

    @Test
    void questionsAreAnsweredAllTheWhileTheFaqChanges() throws Exception {
        put("hours", "门店几点开门", "每天九点。", "门店营业时间是几点");
        await().atMost(SOON).until(() -> decision("请问门店是几点开门的呢").equals("answer"));
        var changing = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var asked = threads.submit(() -> {
                int answers = 0;
                while (changing.get() || answers == 0) {
                    assertThat(search("请问门店是几点开门的呢")
                                    .getJSONArray("data")
                                    .getJSONObject(0)
                                    .getString("id"))
                            .isEqualTo("hours");
                    answers++;
                }
                return answers;
            });
            try {
                for (int i = 0; i < 20; i++) {
                    put("more-" + i, "第" + i + "种礼品卡怎么用", "结算时输入卡号。");
                }
            } finally {
                changing.set(false);
            }
            assertThat(asked.get()).isPositive();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(search("请问第7种礼品卡如何使用呢")
                                .getJSONArray("data")
                                .getJSONObject(0)
                                .getString("id"))
                        .isEqualTo("more-7"));
    }

    @Test
    void anAnswerOfTenMegabytesIsRefused() throws Exception {
        var body = JSON.toJSONString(Map.of("question", "q", "answer", "x".repeat(10 << 20)));
        assertThat(call("PUT", "/big", body).statusCode()).isIn(400, 413);
    }

    private void put(String id, String question, String answer, String... similar) throws Exception {
        var body = JSON.toJSONString(
                Map.of("question", question, "answer", answer, "similar", List.of(similar), "locale", "zh"));
        var put = call("PUT", "/" + id, body);
        assertThat(put.statusCode()).as(put.body()).isIn(200, 201);
    }

    private String decision(String text) throws Exception {
        return search(text).getJSONObject("meta").getString("decision");
    }

    private JSONObject search(String text) throws Exception {
        var found = call("POST", "/search", JSON.toJSONString(Map.of("text", text)));
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        return JSON.parseObject(found.body());
    }

    private HttpResponse<String> call(String method, String path, @org.jspecify.annotations.Nullable String body)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
