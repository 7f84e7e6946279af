package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.id.ShopId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A merchant keeps an FAQ over REST, each shop its own.
class FaqIT extends RunningBot {

    @Autowired
    private FaqStore store;

    @Autowired
    private JdbcClient database;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final String token = ISSUERS.merchant(shop);

    @Test
    void anEntryIsPutShownFoundChangedAndDeleted() throws Exception {
        var words = "How do I " + UUID.randomUUID() + "?";
        var put = put(
                "e1", Map.of("question", words, "answer", "Like this.", "similar", List.of("another way " + words)));
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(put.headers().firstValue("Location")).contains("/api/v1/faqs/e1");
        assertThat(json(put).getJSONObject("data").getJSONObject("attributes").getString("locale"))
                .isEqualTo("en");

        var found = search("  " + words.toUpperCase(java.util.Locale.ROOT).replace("?", "!!"));
        assertThat(found.getJSONObject("meta").getString("decision")).isEqualTo("answer");
        assertThat(found.getJSONObject("meta").getString("request_id")).isNotEmpty();
        var best = found.getJSONArray("data").getJSONObject(0);
        assertThat(best.getString("id")).isEqualTo("e1");
        assertThat(best.getJSONObject("attributes").getDouble("score")).isGreaterThan(.9);
        assertThat(best.getJSONObject("attributes").getJSONObject("matched").getString("by"))
                .isEqualTo("normalised");

        assertThat(put("e1", Map.of("question", "other words", "answer", "So.")).statusCode())
                .isEqualTo(200);
        assertThat(search(words).getJSONObject("meta").getString("decision")).isNotEqualTo("answer");

        assertThat(call("DELETE", "/e1", token, null).statusCode()).isEqualTo(204);
        assertThat(call("GET", "/e1", token, null).statusCode()).isEqualTo(404);
        assertThat(call("DELETE", "/e1", token, null).statusCode()).isEqualTo(404);
    }

    @Test
    void anEntryThatIsOffDoesNotAnswerUntilItIsOnAgain() throws Exception {
        var words = "off " + UUID.randomUUID();
        put("e1", Map.of("question", words, "answer", "yes", "enabled", false));
        assertThat(attributes(call("GET", "/e1", token, null)).getBoolean("enabled"))
                .isFalse();
        assertThat(search(words).getJSONArray("data")).isEmpty();

        put("e1", Map.of("question", words, "answer", "still"));
        assertThat(attributes(call("GET", "/e1", token, null)).getBoolean("enabled"))
                .as("what is left out stays")
                .isFalse();
        put("e1", Map.of("question", words, "answer", "still", "enabled", true));

        assertThat(search(words).getJSONArray("data")).hasSize(1);
        assertThat(ids(json(call("GET", "", token, null)))).containsExactly("e1");
    }

    @Test
    void eachChangeIsAVersionThatCanBeHadBack() throws Exception {
        put("e1", Map.of("question", "what", "answer", "one", "similar", List.of("which")));
        put("e1", Map.of("question", "what", "answer", "two"));
        put("e1", Map.of("question", "what", "answer", "two"));

        var versions = json(call("GET", "/e1/versions", token, null)).getJSONArray("data");
        assertThat(versions.toJavaList(JSONObject.class))
                .extracting(version -> version.getString("id") + " "
                        + version.getJSONObject("attributes").getString("answer"))
                .as("what changes nothing is no version")
                .containsExactly("2 two", "1 one");
        assertThat(ids(json(call("GET", "/e1/versions?limit=1", token, null)))).containsExactly("2");
        assertThat(call("GET", "/e1/versions?limit=201", token, null).statusCode())
                .isEqualTo(400);
        var restored = call("POST", "/e1/versions/1/restore", token, null);
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(attributes(restored).getIntValue("version")).isEqualTo(3);
        assertThat(attributes(restored).getString("answer")).isEqualTo("one");
        assertThat(attributes(restored).getJSONArray("similar")).containsExactly("which");
        assertThat(attributes(call("POST", "/e1/versions/1/restore", token, null))
                        .getIntValue("version"))
                .as("restored twice")
                .isEqualTo(3);

        call("DELETE", "/e1", token, null);
        var gone = json(call("GET", "/e1/versions", token, null))
                .getJSONArray("data")
                .getJSONObject(0);
        assertThat(gone.getJSONObject("attributes").getBoolean("deleted")).isTrue();
        var back = call("POST", "/e1/versions/4/restore", token, null);
        assertThat(back.statusCode()).as(back.body()).isEqualTo(201);
        assertThat(attributes(back).getIntValue("version")).isEqualTo(5);
        assertThat(call("POST", "/e1/versions/9/restore", token, null).statusCode())
                .isEqualTo(404);
        assertThat(call("POST", "/e1/versions/x/restore", token, null).statusCode())
                .isEqualTo(400);
        assertThat(call("GET", "/never/versions", token, null).statusCode()).isEqualTo(404);
        assertThat(call("GET", "/e1/versions", ISSUERS.merchant(shop + "-x"), null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theLatestFiftyVersionsAreKept() throws Exception {
        for (int i = 1; i <= FaqStore.KEPT_VERSIONS + 2; i++) {
            store.put(new ShopId(shop), List.of(FaqDraft.of("e1", "q", List.of(), "answer " + i, "en")));
        }

        assertThat(store.versions(new ShopId(shop), "e1"))
                .hasSize(FaqStore.KEPT_VERSIONS)
                .extracting(FaqVersion::version)
                .startsWith(FaqStore.KEPT_VERSIONS + 2)
                .endsWith(3);
    }

    @Test
    void hitsAreAddedAndNoVersion() throws Exception {
        put("e1", Map.of("question", "what", "answer", "one"));
        store.addHits(new ShopId(shop), Map.of("e1", 3L, "gone", 1L));
        store.addHits(new ShopId(shop), Map.of("e1", 2L));

        var attributes = attributes(call("GET", "/e1", token, null));
        assertThat(attributes.getLongValue("hits")).isEqualTo(5);
        assertThat(attributes.getString("last_hit_at")).endsWith("Z");
        assertThat(attributes.getIntValue("version")).isEqualTo(1);
    }

    private static JSONObject attributes(HttpResponse<String> answer) {
        return json(answer).getJSONObject("data").getJSONObject("attributes");
    }

    @Test
    void aSpreadsheetIsReadThoughItSaysNothingOfItsCharset() throws Exception {
        var csv = "id,question,answer,enabled\r\n"
                + "one,\"怎么退货，\"\"七天\"\"内\",\"第一行\n第二行\",true\r\n"
                + "one,又是一个,重复,\r\n"
                + "two,怎么付款,微信,maybe\r\n"
                + "three,怎么开票,电子发票,false\r\n";
        for (var bytes : List.of(
                csv.getBytes(Charset.forName("GBK")),
                ('\uFEFF' + csv).getBytes(StandardCharsets.UTF_8),
                ('\uFEFF' + csv).getBytes(StandardCharsets.UTF_16LE))) {
            var request = request("/import", token)
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofByteArray(bytes))
                    .build();
            var answer = json(http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));

            var lines = answer.getJSONArray("data").toJavaList(JSONObject.class).stream()
                    .map(line -> line.getJSONObject("attributes"))
                    .toList();
            assertThat(lines).extracting(line -> line.getIntValue("line")).containsExactly(2, 4, 5, 6);
            assertThat(lines.get(0).getString("status")).isIn("created", "updated");
            assertThat(lines.get(1).toString()).contains("failed", "conflict", "stands in line 2 too");
            assertThat(lines.get(2).toString()).contains("failed", "enabled", "must be true or false");
            assertThat(lines.get(3).getString("status")).isIn("created", "updated");
            var stored = attributes(call("GET", "/one", token, null));
            assertThat(stored.getString("question")).isEqualTo("怎么退货，\"七天\"内");
            assertThat(stored.getString("answer")).isEqualTo("第一行\n第二行");
            assertThat(attributes(call("GET", "/three", token, null)).getBoolean("enabled"))
                    .isFalse();
        }
    }

    @Test
    void anotherShopSeesNothingOfIt() throws Exception {
        put("mine", Map.of("question", "is it mine", "answer", "yes"));
        var other = ISSUERS.merchant(shop + "-x");
        assertThat(call("GET", "/mine", other, null).statusCode()).isEqualTo(404);
        assertThat(call("DELETE", "/mine", other, null).statusCode()).isEqualTo(404);
        assertThat(json(call("GET", "", other, null)).getJSONArray("data")).isEmpty();
        assertThat(json(call("POST", "/search", other, "{\"text\":\"is it mine\"}"))
                        .getJSONArray("data"))
                .isEmpty();
        assertThat(call("GET", "/mine", token, null).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyAMerchantMayCall() throws Exception {
        assertThat(call("GET", "", "", null).statusCode()).isEqualTo(401);
        assertThat(call("GET", "", ISSUERS.chat(shop, "somebody"), null).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aListIsReadPageByPageNewestFirst() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("p" + i, Map.of("question", "question " + i, "answer", "a"));
        }
        var first = json(call("GET", "?limit=3", token, null));
        assertThat(ids(first)).containsExactly("p4", "p3", "p2");
        var cursor = first.getJSONObject("meta").getString("next_cursor");
        var second = json(call("GET", "?limit=3&cursor=" + cursor, token, null));
        assertThat(ids(second)).containsExactly("p1", "p0");
        assertThat(second.getJSONObject("meta").containsKey("next_cursor")).isFalse();
        assertThat(call("GET", "?limit=201", token, null).statusCode()).isEqualTo(400);
        assertThat(call("GET", "?cursor=x", token, null).statusCode()).isEqualTo(400);
    }

    @Test
    void everyFieldAtFaultIsNamed() throws Exception {
        var refused = put("bad", Map.of("question", " ", "answer", "x".repeat(5001), "locale", "??"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var problem = json(refused);
        assertThat(problem.getString("code")).isEqualTo("invalid_request");
        assertThat(problem.getJSONArray("errors").toJavaList(JSONObject.class))
                .extracting(error -> error.getString("field"))
                .containsExactlyInAnyOrder("question", "answer", "locale");
    }

    @Test
    void anImportIsTakenLineByLineInAnyCharset() throws Exception {
        var csv = "question,answer,similar\n怎么退货,申请后寄回,如何退|退货流程\n,没有问题,\n怎么付款,支付宝,\n";
        var request = request("/import", token)
                .header("Content-Type", "text/csv; charset=GB18030")
                .POST(BodyPublishers.ofByteArray(csv.getBytes(Charset.forName("GB18030"))))
                .build();
        var answer = json(http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
        assertThat(statuses(answer)).containsExactly("created", "failed", "created");
        assertThat(answer.getJSONObject("meta").getIntValue("failed")).isEqualTo(1);
        assertThat(search("退货流程？").getJSONObject("meta").getString("decision")).isEqualTo("answer");

        var again = request("/import", token)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString("{\"question\":\"怎么付款？\",\"answer\":\"微信\"}\n{broken\n"))
                .build();
        assertThat(statuses(json(http.send(again, BodyHandlers.ofString())))).containsExactly("updated", "failed");
        assertThat(search("怎么付款")
                        .getJSONArray("data")
                        .getJSONObject(0)
                        .getJSONObject("attributes")
                        .getString("answer"))
                .isEqualTo("微信");
    }

    @Test
    void anImportThatIsNotInItsCharsetChangesNothing() throws Exception {
        var request = request("/import", token)
                .header("Content-Type", "text/csv; charset=UTF-8")
                .POST(BodyPublishers.ofByteArray("question,answer\n怎么付款,微信\n".getBytes(Charset.forName("GBK"))))
                .build();
        var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("code")).isEqualTo("malformed");
        assertThat(json(call("GET", "", token, null)).getJSONArray("data")).isEmpty();
    }

    @Test
    void anEntryMayHaveAllThatItsLimitsAllow() throws Exception {
        var similar = IntStream.range(0, 200)
                .mapToObj(i -> "问".repeat(497) + (100 + i))
                .toList();
        var answer = put("longest", Map.of("question", "q", "similar", similar, "answer", "答".repeat(5000)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void anImportIntoAFullFaqChangesWhatIsThere() throws Exception {
        database.sql("""
                        INSERT INTO faq (shop_id, id, seq, question, variants, answer, locale, enabled, created_at, updated_at)
                        SELECT :shop, CONCAT('e', n.seq), n.seq, 'question', '[]', 'answer', 'en', FALSE, NOW(3), NOW(3)
                        FROM seq_1_to_19999 n""").param("shop", shop).update();
        var lines = "{\"id\":\"e1\",\"question\":\"one\",\"answer\":\"1\",\"enabled\":false}\n"
                + "{\"id\":\"last\",\"question\":\"two\",\"answer\":\"2\",\"enabled\":false}\n"
                + "{\"id\":\"more\",\"question\":\"three\",\"answer\":\"3\",\"enabled\":false}\n"
                + "{\"id\":\"e2\",\"question\":\"four\",\"answer\":\"4\",\"enabled\":false}\n"
                + "{\"id\":\"e3\",\"question\":\"\",\"answer\":\"5\"}\n";
        var request = request("/import", token)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines))
                .build();
        var answer = json(http.send(request, BodyHandlers.ofString()));

        assertThat(statuses(answer)).containsExactly("updated", "created", "failed", "updated", "failed");
        assertThat(answer.getJSONArray("data").getJSONObject(4).getString("id")).isEqualTo("e3");
        assertThat(answer.getJSONArray("data").getJSONObject(2).toString())
                .contains("conflict", "at most 20000 entries");
        assertThat(attributes(call("GET", "/e2", token, null)).getString("question"))
                .isEqualTo("four");
        assertThat(call("GET", "/more", token, null).statusCode()).isEqualTo(404);
    }

    @Test
    void whatAnotherInstanceChangedIsFoundWithinFiveSeconds() throws Exception {
        assertThat(search("made elsewhere").getJSONArray("data")).isEmpty();
        store.put(new ShopId(shop), List.of(FaqDraft.of("far", "made elsewhere", List.of(), "yes", "en")));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(search("made elsewhere").getJSONArray("data"))
                        .hasSize(1));
        store.delete(new ShopId(shop), "far");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(search("made elsewhere").getJSONArray("data"))
                        .isEmpty());
    }

    @Test
    void anEntryMayComeAsXml() throws Exception {
        var request = request("/xml", token)
                .header("Content-Type", "application/xml")
                .PUT(
                        BodyPublishers.ofString(
                                "<faq><question>q</question><similar>one</similar><similar>two</similar><answer>a</answer></faq>"))
                .build();
        var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(json(answer)
                        .getJSONObject("data")
                        .getJSONObject("attributes")
                        .getJSONArray("similar"))
                .containsExactly("one", "two");
    }

    @Test
    void anEntryIsGivenAsXmlToWhoAsksForIt() throws Exception {
        put("x", Map.of("question", "wie geht das", "answer", "so", "similar", List.of("eins", "zwei")));
        var request =
                request("/x", token).header("Accept", "application/xml").GET().build();
        var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(answer.body())
                .contains("<response>", "<question>wie geht das</question>", "<similar>eins</similar>");
    }

    private static List<String> statuses(JSONObject answer) {
        return answer.getJSONArray("data").toJavaList(JSONObject.class).stream()
                .map(line -> line.getJSONObject("attributes").getString("status"))
                .toList();
    }

    private static List<String> ids(JSONObject answer) {
        return answer.getJSONArray("data").toJavaList(JSONObject.class).stream()
                .map(each -> each.getString("id"))
                .toList();
    }

    private HttpResponse<String> put(String id, Map<String, Object> entry) throws Exception {
        return call("PUT", "/" + id, token, JSON.toJSONString(entry));
    }

    private JSONObject search(String text) throws Exception {
        var found = call("POST", "/search", token, JSON.toJSONString(Map.of("text", text)));
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        return json(found);
    }

    private HttpResponse<String> call(
            String method, String path, String bearer, @org.jspecify.annotations.Nullable String body)
            throws Exception {
        var request = request(path, bearer)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path, String bearer) {
        var builder = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs" + path));
        return bearer.isEmpty() ? builder : builder.header("Authorization", "Bearer " + bearer);
    }

    private static JSONObject json(HttpResponse<String> answer) {
        return JSON.parseObject(answer.body());
    }
}
