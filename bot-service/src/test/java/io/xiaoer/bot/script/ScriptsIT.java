package io.xiaoer.bot.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Ways of saying an answer compete, and what comes of each is counted once.
class ScriptsIT extends RunningBot {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private ScriptCopies copies;

    @Autowired
    private ScriptStore store;

    @Autowired
    private SessionOutcomes outcomes;

    @Autowired
    private WordFilter words;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient database;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final String token = ISSUERS.merchant(shop);
    private final UserKey user = new UserKey(new ShopId(shop), UserKey.Kind.USER, "somebody");
    private final long session = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 60);

    @BeforeEach
    void makeAnEntry() throws Exception {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            var put = call("PUT", "", Map.of("question", "what", "answer", "the old words"));
            assertThat(put.statusCode()).isLessThan(300);
        });
    }

    @Test
    void whatWasSaidIsNotedAndSettledOnceByWhatCameOfIt() throws Exception {
        approve("a", "new words");
        var phrasing = phrasing();

        assertThat(say(phrasing, 1)).isEqualTo("new words");
        assertThat(say(phrasing, 2)).isEqualTo("new words");
        phrasing.write();
        assertThat(line("a").getLongValue("shown")).isEqualTo(2);
        assertThat(line("a").getLongValue("settled")).isZero();

        tell("handed_off", null);
        await().atMost(PATIENCE).until(() -> line("a").getLongValue("settled") == 2);
        assertThat(line("a").getLongValue("solved")).isZero();

        // Twice in vain: from now on it is said by chance alone, one time in forty, and counts forty times.
        copies.refresh();
        say(phrasing, 3);
        phrasing.write();
        tell("handed_off", null, session + 1);
        tell("rated", new SessionChanged.Rating(5, null));
        tell("rated", new SessionChanged.Rating(1, null));
        await().atMost(PATIENCE).until(() -> line("a").getLongValue("settled") == 3);
        assertThat(line("a").getLongValue("solved")).isEqualTo(1);
        assertThat(line("a").getDoubleValue("estimate")).isBetween(.94, .96);
        assertThat(line("main").getLongValue("shown")).isZero();
        assertThat(line("main").getDoubleValue("share") + line("a").getDoubleValue("share"))
                .isBetween(.999, 1.001);
    }

    @Test
    void aChangeOfNobodysSessionOrOfNoneIsNotTriedAgain() {
        for (var change : List.of(
                SessionChanged.of("nobody", "5", "queue", 1, null, "handed_off", clock.instant()),
                SessionChanged.of(user.tag(), "none", "queue", 1, null, "handed_off", clock.instant()))) {
            var record = new ConsumerRecord<>(Topic.CS_SESSION.topic(), 0, 0, shop, EventJson.encode(change));

            assertThatExceptionOfType(Unprocessable.class).isThrownBy(() -> outcomes.take(record));
        }
    }

    @Test
    void whoSaysNothingMoreWasHelped() throws Exception {
        approve("a", "new words");
        var phrasing = phrasing();
        say(phrasing, 1);
        phrasing.write();

        outcomes.settleQuiet();
        assertThat(line("a").getLongValue("settled")).isZero();
        database.sql("UPDATE faq_trial SET shown_at = shown_at - INTERVAL 31 MINUTE WHERE shop_id = ?")
                .params(shop)
                .update();
        outcomes.settleQuiet();

        await().atMost(PATIENCE).until(() -> line("a").getLongValue("solved") == 1);
        outcomes.settleQuiet();
        assertThat(line("a").getLongValue("settled")).isEqualTo(1);
    }

    @Test
    void onlyWhatIsApprovedCompetesAndOnlyWithTheAnswerItWasApprovedFor() throws Exception {
        put(Map.of("id", "a", "answer", "new words"));
        assertThat(say(phrasing(), 1)).isEqualTo("the old words");

        approve("a", "赌博 words");
        assertThat(say(phrasing(), 2)).as("looked over like all that is said").isEqualTo("** words");

        call("PUT", "", Map.of("question", "what", "answer", "other words"));
        assertThat(phrased(phrasing(), 3, "other words")).isEqualTo("other words");
    }

    @Test
    void otherWordsUnderTheSameIdBeginAnew() throws Exception {
        approve("a", "new words");
        var phrasing = phrasing();
        say(phrasing, 1);
        phrasing.write();

        approve("a", "newer words");

        assertThat(line("a").getLongValue("shown")).isZero();
        tell("handed_off", null);
        say(phrasing, 2);
        phrasing.write();
        assertThat(line("a").getLongValue("shown")).isEqualTo(1);
        assertThat(put().statusCode()).isEqualTo(200);
        assertThat(json(call("GET", "/scripts", null)).getJSONArray("data")).isEmpty();
    }

    @Test
    void whatIsNoScriptIsRefused() throws Exception {
        for (var bad : List.<Map<String, Object>>of(
                Map.of("id", "main", "answer", "x"),
                Map.of("id", "A b", "answer", "x"),
                Map.of("answer", "x"),
                Map.of("id", "a", "answer", " "),
                Map.of("id", "a", "answer", "x".repeat(5001)))) {
            assertThat(put(bad).statusCode()).as(bad.toString()).isEqualTo(400);
        }
        var one = Map.<String, Object>of("id", "a", "answer", "x");
        assertThat(put(one, one).statusCode()).isEqualTo(400);
        assertThat(put(one, one, one, one, one, one).statusCode()).isEqualTo(400);
        var other = ISSUERS.merchant(shop + "-x");
        assertThat(call("GET", "/scripts", null, other).statusCode()).isEqualTo(404);
        assertThat(call("PUT", "/scripts", Map.of("scripts", List.of(one)), other)
                        .statusCode())
                .isEqualTo(404);
    }

    /// Chance always falls on the first of them.
    private ScriptPhrasing phrasing() {
        return new ScriptPhrasing(copies, store, words, clock, new SimpleMeterRegistry(), () -> 0L);
    }

    private String say(ScriptPhrasing phrasing, long question) {
        return phrased(phrasing, question, "the old words");
    }

    private String phrased(ScriptPhrasing phrasing, long question, String answer) {
        var asked = new Question(
                Long.toString(session + question),
                user,
                Long.toString(session),
                1,
                new Content.Text("what"),
                Language.EN,
                null,
                Instant.EPOCH);
        var reply = phrasing.phrased(asked, Reply.of(new Content.Text(answer), Source.FAQ, 1, "e1"));
        phrasing.answered(asked, reply);
        return ((Content.Text) reply.content()).text();
    }

    private void tell(String what, SessionChanged.@Nullable Rating rating) throws Exception {
        tell(what, rating, session);
    }

    private void tell(String what, SessionChanged.@Nullable Rating rating, long of) throws Exception {
        var change = new SessionChanged(user.tag(), Long.toString(of), "bot", 1, null, what, clock.instant(), rating);
        produce(new ProducerRecord<>(Topic.CS_SESSION.topic(), user.tag(), EventJson.encode(change)));
    }

    private void approve(String id, String answer) throws Exception {
        var put = put(Map.of("id", id, "answer", answer, "approved", true));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    }

    @SafeVarargs
    private HttpResponse<String> put(Map<String, Object>... scripts) throws Exception {
        return call("PUT", "/scripts", Map.of("scripts", List.of(scripts)));
    }

    private JSONObject line(String id) throws Exception {
        return json(call("GET", "/scripts", null)).getJSONArray("data").toJavaList(JSONObject.class).stream()
                .filter(line -> line.getString("id").equals(id))
                .map(line -> line.getJSONObject("attributes"))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> call(String method, String path, @Nullable Map<String, Object> body) throws Exception {
        return call(method, path, body, token);
    }

    private HttpResponse<String> call(String method, String path, @Nullable Map<String, Object> body, String bearer)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/e1" + path))
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
