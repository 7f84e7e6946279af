package io.xiaoer.bot.mining;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.faq.FaqDesk;
import io.xiaoer.bot.understand.TextVectors;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What nobody knew becomes entries of the FAQ, if a person wants it so.
class SuggestionsIT extends RunningBot {

    @Autowired
    private HeardQuestions heard;

    @Autowired
    private UnansweredStore store;

    @Autowired
    private FaqDesk desk;

    @Autowired
    private TextVectors vectors;

    @Autowired
    private JdbcClient database;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final String token = ISSUERS.merchant(shop);

    @Test
    void whatNobodyKnewIsShownInGroupsWithoutWhoAskedIt() throws Exception {
        asked("能不能开专用发票");
        asked("能不能开专用发票？？");
        passedOn("请问能不能开专用发票呢", "low_confidence");
        asked("专票你们这边可以开吗");
        asked("我的电话13812345678能不能改");
        asked("😀");
        passedOn("转人工", "asked");
        heard.write();
        for (var kept : List.of("能不能开专用发票", "请问能不能开专用发票呢", "专票你们这边可以开吗", "我的电话*能不能改")) {
            assertThat(vectors.of(kept, Language.ZH))
                    .as("what is not computed within a second is grouped by its words")
                    .isNotNull();
        }

        var groups = call("GET", "", null);

        assertThat(groups.statusCode()).as(groups.body()).isEqualTo(200);
        assertThat(groups.body()).doesNotContain("13812345678", "转人工", "somebody");
        var data = json(groups).getJSONArray("data").toJavaList(JSONObject.class);
        assertThat(data)
                .extracting(group -> group.getJSONObject("attributes").getString("text") + " "
                        + group.getJSONObject("attributes").getLongValue("asked"))
                .containsExactly("能不能开专用发票 4", "我的电话*能不能改 1");
        assertThat(json(call("GET", "", null, ISSUERS.merchant(shop + "-x"))).getJSONArray("data"))
                .isEmpty();
        assertThat(call("GET", "", null, ISSUERS.chat(shop, "somebody")).statusCode())
                .isEqualTo(403);
        assertThat(call("GET", "?limit=0", null).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsRememberedIsGroupedByItsMeaningWhenTheTimeIsOver() {
        asked("能不能开专用发票");
        asked("专票你们这边可以开吗");
        var fresh = "有实体店吗 " + UUID.randomUUID();
        asked(fresh);
        heard.write();
        assertThat(vectors.of("能不能开专用发票", Language.ZH)).isNotNull();
        assertThat(vectors.of("专票你们这边可以开吗", Language.ZH)).isNotNull();
        var late = new SuggestionController(store, desk, vectors, new Running());

        var groups = late.list(new Caller(new ShopId(shop), "desk", Set.of(), null), 50);

        assertThat(groups.data())
                .extracting(group -> group.attributes().questions().size())
                .containsExactly(2, 1);
        assertThat(vectors.remembered(fresh, Language.ZH))
                .as("nothing is computed any more")
                .isNull();
    }

    /// A minute later at each look.
    private static final class Running extends Clock {
        private Instant now = Instant.now();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            now = now.plusSeconds(60);
            return now;
        }
    }

    @Test
    void anApprovedGroupBecomesAnEntryAndIsShownNoMore() throws Exception {
        asked("能不能开专用发票");
        asked("能不能开专用发票");
        asked("请问能不能开专用发票呢");
        asked("有实体店吗");
        heard.write();

        var made = call("POST", "/approve", Map.of("questions", questions("能不能"), "answer", "可以，请提供税号。"));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var attributes = json(made).getJSONObject("data").getJSONObject("attributes");
        assertThat(attributes.getString("question")).isEqualTo("能不能开专用发票");
        assertThat(attributes.getJSONArray("similar")).containsExactly("请问能不能开专用发票呢");
        assertThat(questions("能不能")).isEmpty();

        var id = json(made).getJSONObject("data").getString("id");
        var added = call("POST", "/approve", Map.of("questions", questions("有实体店"), "faq_id", id));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(json(added).getJSONObject("data").getJSONObject("attributes").getJSONArray("similar"))
                .containsExactly("请问能不能开专用发票呢", "有实体店吗");
        assertThat(json(call("GET", "", null)).getJSONArray("data")).isEmpty();
    }

    @Test
    void aDismissedQuestionDoesNotComeBack() throws Exception {
        asked("今天天气怎么样");
        heard.write();

        assertThat(call("POST", "/dismiss", Map.of("questions", questions("今天")))
                        .statusCode())
                .isEqualTo(204);
        asked("今天天气怎么样");
        heard.write();

        assertThat(json(call("GET", "", null)).getJSONArray("data")).isEmpty();
    }

    @Test
    void whatCannotBeApprovedIsRefusedAndStays() throws Exception {
        asked("能不能开专用发票");
        heard.write();
        var ids = questions("能不能");

        assertThat(call("POST", "/approve", Map.of("answer", "yes")).statusCode())
                .isEqualTo(400);
        assertThat(call("POST", "/approve", Map.of("questions", List.of("x"), "answer", "yes"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(call("POST", "/approve", Map.of("questions", ids)).statusCode())
                .as("no answer")
                .isEqualTo(400);
        assertThat(call("POST", "/approve", Map.of("questions", ids, "faq_id", "none"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("POST", "/approve", Map.of("questions", ids, "answer", "yes"), ISSUERS.merchant(shop + "-x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("POST", "/dismiss", Map.of()).statusCode()).isEqualTo(400);
        assertThat(questions("能不能")).isEqualTo(ids);
    }

    @Test
    void whatIsOldGoes() throws Exception {
        asked("能不能开专用发票");
        heard.write();
        database.sql("UPDATE faq_unanswered SET last_at = last_at - INTERVAL 31 DAY WHERE shop_id = ?")
                .params(shop)
                .update();

        assertThat(questions("能不能")).isEmpty();
        store.deleteOld();
        assertThat(database.sql("SELECT COUNT(*) FROM faq_unanswered WHERE shop_id = ?")
                        .params(shop)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void asked(String text) {
        heard.answered(question(text), Reply.of(new Content.Text("?"), Source.NONE, 0, null));
    }

    private void passedOn(String text, String reason) {
        heard.handedOff(question(text), reason);
    }

    private Question question(String text) {
        var user = new UserKey(new ShopId(shop), UserKey.Kind.USER, "somebody");
        return new Question("1", user, "2", 1, new Content.Text(text), Language.ZH, null, Instant.EPOCH);
    }

    /// The ids of the questions that begin so.
    private List<String> questions(String begin) throws Exception {
        return json(call("GET", "", null)).getJSONArray("data").toJavaList(JSONObject.class).stream()
                .flatMap(group ->
                        group
                                .getJSONObject("attributes")
                                .getJSONArray("questions")
                                .toJavaList(JSONObject.class)
                                .stream())
                .filter(question -> question.getString("text").contains(begin))
                .map(question -> question.getString("id"))
                .toList();
    }

    private HttpResponse<String> call(
            String method, String path, @org.jspecify.annotations.Nullable Map<String, Object> body) throws Exception {
        return call(method, path, body, token);
    }

    private HttpResponse<String> call(
            String method, String path, @org.jspecify.annotations.Nullable Map<String, Object> body, String bearer)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faq-suggestions" + path))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.toJSONString(body)))
                .build();
        return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JSONObject json(HttpResponse<String> answer) {
        return JSON.parseObject(answer.body());
    }
}
