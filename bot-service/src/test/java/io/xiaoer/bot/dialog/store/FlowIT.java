package io.xiaoer.bot.dialog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A merchant keeps dialogs over REST, each shop its own, and tries them before shoppers do.
class FlowIT extends RunningBot {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private FlowCopies copies;

    @Autowired
    private FlowStore store;

    @Autowired
    private DialogWarmUp warmUp;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final String token = ISSUERS.merchant(shop);

    @BeforeEach
    void waitForTheSchema() {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> store.heads(new ShopId(shop)) != null);
    }

    private static String flow(int version, String words) {
        return """
                flow: gift
                version: %d
                title: {zh: 礼品, en: Gift}
                start:
                  examples: {zh: [我要礼品包装], en: [wrap it as a gift]}
                slots:
                  kind: {type: enum, values: {RED: [红色, red], BLUE: [蓝色, blue]}}
                steps:
                  - ask: kind
                    say: {zh: "%s", en: "Which colour?"}
                    quick: $slot.values
                  - say: {zh: "用${kind}包装。", en: "Wrapped in ${kind}."}
                  - end: done
                """.formatted(version, words);
    }

    private HttpResponse<String> call(String method, String path, String bearer, String type, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/flows" + path))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        return call("PUT", path, token, "application/yaml", body);
    }

    private JSONObject get(String path) throws Exception {
        return JSON.parseObject(call("GET", path, token, "application/json", "").body());
    }

    private static JSONObject attributes(HttpResponse<String> answer) {
        return JSON.parseObject(answer.body()).getJSONObject("data").getJSONObject("attributes");
    }

    @Test
    void aFlowIsPutShownListedAndDeleted() throws Exception {
        var put = put("/gift", flow(1, "什么颜色？"));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        assertThat(put.headers().firstValue("Location")).contains("/api/v1/flows/gift");
        assertThat(put("/gift", flow(1, "什么颜色？")).statusCode()).isEqualTo(200);

        var shown = get("/gift").getJSONObject("data").getJSONObject("attributes");
        assertThat(shown.getString("yaml")).isEqualTo(flow(1, "什么颜色？"));
        assertThat(shown.getString("origin")).isEqualTo("shop");
        assertThat(shown.getIntValue("version")).isEqualTo(1);
        var file = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/flows/gift"))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/yaml")
                        .build(),
                BodyHandlers.ofString());
        assertThat(file.body()).isEqualTo(flow(1, "什么颜色？"));
        assertThat(get("").getJSONArray("data").toList(JSONObject.class))
                .anyMatch(each -> "gift".equals(each.getString("id")));

        assertThat(call("DELETE", "/gift", token, "application/json", "").statusCode())
                .isEqualTo(204);
        assertThat(call("GET", "/gift", token, "application/json", "").statusCode())
                .isEqualTo(404);
        assertThat(call("DELETE", "/gift", token, "application/json", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFileIsReadInTheCharsetThatItIsSaidToBeIn() throws Exception {
        var file = flow(1, "什么颜色？").getBytes(Charset.forName("GBK"));

        assertThat(putBytes("application/yaml", file).statusCode()).isEqualTo(400);
        assertThat(putBytes("application/yaml;charset=GBK", file).statusCode()).isEqualTo(201);
        assertThat(get("/gift")
                        .getJSONObject("data")
                        .getJSONObject("attributes")
                        .getString("yaml"))
                .isEqualTo(flow(1, "什么颜色？"));
    }

    private HttpResponse<String> putBytes(String type, byte[] file) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/flows/gift"))
                .header("Content-Type", type)
                .header("Authorization", "Bearer " + token)
                .PUT(BodyPublishers.ofByteArray(file))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void aFileThatIsWrongIsRefusedWithEveryFault() throws Exception {
        var wrong = flow(1, "x")
                .replace("ask: kind", "ask: colour")
                .replace("- end: done", "- call: no.such\n  - goto: nowhere");

        var refused = put("/gift", wrong);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).contains("application/problem+json");
        var problem = JSON.parseObject(refused.body());
        assertThat(problem.getString("code")).isEqualTo("invalid_request");
        var fields = problem.getJSONArray("errors").toList(JSONObject.class).stream()
                .map(error -> error.getString("field"))
                .toList();
        assertThat(fields).contains("gift.yml:9", "gift.yml:13", "gift.yml:14");
        assertThat(put("/other", flow(1, "x")).statusCode()).isEqualTo(400);
        assertThat(put("/gift", "a: &x [1]\nb: *x").body()).contains("aliases");
        assertThat(put("/gift", "x".repeat((1 << 20) + 100)).statusCode()).isEqualTo(413);
        assertThat(call("PUT", "/gift", token, "text/csv", "a,b").statusCode()).isEqualTo(415);
    }

    @Test
    void flowsThatRunOneAnotherInACircleAreRefusedWhereverTheCircleIsClosed() throws Exception {
        assertThat(put("/ring_a", ring("ring_a", 1, "- run: ring_b")).statusCode())
                .isEqualTo(201);
        assertThat(put("/ring_b", ring("ring_b", 1, "- say: {zh: 好, en: well}")).statusCode())
                .isEqualTo(201);

        var circle = put("/ring_b", ring("ring_b", 2, "- run: ring_c\n  - run: ring_a"));
        var tried = JSONObject.of("yaml", ring("ring_b", 2, "- run: ring_a"), "talk", List.of("环"))
                .toString();
        var simulated = call("POST", "/ring_b/simulate", token, "application/json", tried);

        assertThat(circle.statusCode()).isEqualTo(400);
        assertThat(circle.body())
                .contains("ring_b.yml:8", "流程互相调用成环：ring_b -> ring_a -> ring_b", "the flows run in a circle");
        assertThat(simulated.statusCode()).isEqualTo(400);
        assertThat(simulated.body()).contains("run in a circle");
        assertThat(get("/ring_b/versions").getJSONArray("data")).hasSize(1);
    }

    @Test
    void aVersionThatWouldCloseACircleIsNotChosenToTalkToAnybody() throws Exception {
        var ends = "- say: {zh: 好, en: well}";
        assertThat(put("/ring_a", ring("ring_a", 1, "- run: ring_b")).statusCode())
                .isEqualTo(201);
        assertThat(put("/ring_a", ring("ring_a", 2, ends)).statusCode()).isEqualTo(200);
        assertThat(put("/ring_b", ring("ring_b", 1, "- run: ring_a")).statusCode())
                .as("version 1 of the other talks to nobody")
                .isEqualTo(201);

        for (String choice : List.of(
                "{\"canary\":1,\"tails\":[3]}", "{\"version\":1}", "{\"version\":1,\"canary\":2,\"tails\":[3]}")) {
            var refused = call("PUT", "/ring_a/canary", token, "application/json", choice);
            assertThat(refused.statusCode()).as(choice + refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("ring_a.yml:7", "ring_a -> ring_b -> ring_a", "run in a circle");
        }
        assertThat(versionOf("ring_a", "user13")).isEqualTo(2);
        assertThat(put("/ring_c?tails=3", ring("ring_c", 1, "- run: ring_a")).statusCode())
                .isEqualTo(201);
        assertThat(put("/ring_a?tails=3", ring("ring_a", 3, "- run: ring_c")).body())
                .as("one that is tried as well")
                .contains("ring_a -> ring_c -> ring_a");
        assertThat(put("/ring_a", ring("ring_a", 4, ends)).statusCode()).isEqualTo(200);
        assertThat(call("PUT", "/ring_a/canary", token, "application/json", "{\"canary\":2,\"tails\":[3]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCircleIsSeenInWhatAnotherInstanceHasJustStored() throws Exception {
        var id = new ShopId(shop);
        put("/ring_a", ring("ring_a", 1, "- say: {zh: 好, en: well}"));
        store.put(id, "ring_b", 1, ring("ring_b", 1, "- run: ring_a"), null);
        store.put(id, "ring_a", 2, ring("ring_a", 2, "- run: ring_b"), "");
        var chosen = call("PUT", "/ring_a/canary", token, "application/json", "{\"canary\":2,\"tails\":[3]}");

        assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(400);
        assertThat(chosen.body()).contains("ring_a -> ring_b -> ring_a");
    }

    private int versionOf(String name, String user) {
        var flow = copies.current(new UserKey(new ShopId(shop), UserKey.Kind.USER, user), name);
        return flow == null ? 0 : flow.version();
    }

    private static String ring(String name, int version, String step) {
        return """
                flow: %s
                version: %d
                title: {zh: 环, en: Ring}
                start:
                  examples: {zh: [转圈 %s], en: [go round %s]}
                steps:
                  %s
                  - end: done
                """.formatted(name, version, name, name, step);
    }

    @Test
    void theTalkThatWarmsUpIsPlayedToItsEnd() {
        assertThat(warmUp.play())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.failures()).as(each.name()).isEmpty());
    }

    @Test
    void whatCannotBeReadOfOneShopHoldsUpNoOther() {
        var id = new ShopId(shop);
        jdbc.sql("INSERT INTO dialog_flow_revision (shop_id, revision) VALUES ('!', 1)")
                .update();
        try {
            store.put(id, "gift", 1, flow(1, "什么颜色？"), null);
            await().atMost(PATIENCE).untilAsserted(() -> {
                copies.follow();
                assertThat(copies.version(id, "gift", 1)).isNotNull();
                assertThat(meters.get("xiaoer.bot.dialog.unread").gauge().value())
                        .isEqualTo(1);
            });
        } finally {
            jdbc.sql("DELETE FROM dialog_flow_revision WHERE shop_id = '!'").update();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            copies.follow();
            assertThat(meters.get("xiaoer.bot.dialog.unread").gauge().value()).isZero();
        });
    }

    @Test
    void aShopsFlowsHaveABudgetInAllTheirVersions() throws Exception {
        var padded = flow(1, "什么颜色？") + "#" + "x".repeat(255 * 1024) + "\n";
        for (int version = 1; version <= 8; version++) {
            store.put(new ShopId(shop), "big", version, padded, null);
        }
        var refused = put("/gift", padded);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(JSON.parseObject(refused.body()).getString("code")).isEqualTo("conflict");
        assertThat(JSON.parseObject(refused.body()).getString("detail")).contains("delete a flow");
        assertThat(store.head(new ShopId(shop), "gift")).isNull();
        store.delete(new ShopId(shop), "big");
        assertThat(put("/gift", padded).statusCode()).isEqualTo(201);
    }

    @Test
    void aVersionStandsForOneText() throws Exception {
        put("/gift", flow(1, "什么颜色？"));

        var other = put("/gift", flow(1, "哪种颜色？"));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(JSON.parseObject(other.body()).getString("code")).isEqualTo("conflict");
    }

    @Test
    void asManyAreListedAsAreAskedFor() throws Exception {
        put("/gift", flow(1, "什么颜色？"));
        put("/gift", flow(2, "哪种颜色？"));

        var all = get("").getJSONArray("data");
        assertThat(get("?limit=2").getJSONArray("data")).containsExactly(all.get(0), all.get(1));
        assertThat(get("/gift/versions?limit=1").getJSONArray("data"))
                .containsExactly(get("/gift/versions").getJSONArray("data").get(0));
        for (String list : List.of("", "/gift/versions")) {
            for (String bad : List.of("0", "201", "x")) {
                var refused = call("GET", list + "?limit=" + bad, token, "text/plain", "");
                assertThat(refused.statusCode()).as(list + bad).isEqualTo(400);
                assertThat(refused.body()).contains("\"field\":\"limit\"");
            }
        }
    }

    @Test
    void aNewVersionTalksToSomeTailsFirst() throws Exception {
        put("/gift", flow(1, "什么颜色？"));
        assertThat(put("/gift?tails=3,7", flow(2, "哪种颜色？")).statusCode()).isEqualTo(200);

        assertThat(versionFor("user17")).isEqualTo(2);
        assertThat(versionFor("user15")).isEqualTo(1);
        assertThat(get("/gift/versions").getJSONArray("data").toList(JSONObject.class).stream()
                        .map(each -> each.getJSONObject("attributes").getString("talks")))
                .containsExactly("tails", "all");

        var chosen = call("PUT", "/gift/canary", token, "application/json", "{\"version\":2}");
        assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(200);
        assertThat(versionFor("user15")).isEqualTo(2);
        assertThat(copies.version(new ShopId(shop), "gift", 1)).isNotNull();
        assertThat(call("PUT", "/gift/canary", token, "application/json", "{\"version\":9}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(call("PUT", "/gift/canary", token, "application/json", "{\"canary\":1,\"tails\":[11]}")
                        .statusCode())
                .isEqualTo(400);
    }

    private int versionFor(String user) {
        return versionOf("gift", user);
    }

    @Test
    void aScriptIsPlayedWithAFlowThatIsPutAndWithOneThatIsNot() throws Exception {
        put("/gift", flow(1, "什么颜色？"));
        var script = """
                flow: gift
                cases:
                  - name: in red
                    talk:
                      - {shopper: 我要礼品包装, bot: 什么颜色, options: [红色, 蓝色]}
                      - {press: 红色, bot: 用红色包装, end: true}
                  - name: in green
                    talk:
                      - 我要礼品包装
                      - {shopper: 绿色, bot: 用绿色包装}
                """;

        var played = call("POST", "/gift/simulate", token, "application/yaml", script);

        assertThat(played.statusCode()).as(played.body()).isEqualTo(200);
        assertThat(attributes(played).getBooleanValue("passed")).isFalse();
        var cases = attributes(played).getJSONArray("cases").toList(JSONObject.class);
        assertThat(cases).extracting(each -> each.getBooleanValue("passed")).containsExactly(true, false);
        assertThat(cases.getLast().getJSONArray("failures").toList(String.class))
                .singleElement()
                .asString()
                .contains("line 10");
        var draft = JSON.toJSONString(java.util.Map.of(
                "yaml", flow(2, "哪种颜色？"), "talk", List.of(java.util.Map.of("shopper", "我要礼品包装", "bot", "哪种颜色"))));
        var tried = call("POST", "/gift/simulate", token, "application/json", draft);
        assertThat(attributes(tried).getBooleanValue("passed")).as(tried.body()).isTrue();
        assertThat(call("POST", "/none/simulate", token, "application/json", "{\"talk\":[\"a\"]}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("POST", "/gift/simulate", token, "application/json", "{\"tale\":[\"a\"]}")
                        .statusCode())
                .isEqualTo(400);
        var misspelt = call(
                "POST",
                "/gift/simulate",
                token,
                "application/json",
                "{\"functions\":{\"orders.serch\":[]},\"talk\":[\"a\"]}");
        assertThat(misspelt.statusCode()).isEqualTo(400);
        assertThat(misspelt.body()).contains("there is no function `orders.serch`");
    }

    @Test
    void anotherShopSeesNothingOfItAndOnlyAMerchantMayCall() throws Exception {
        put("/gift", flow(1, "什么颜色？"));
        var other = ISSUERS.merchant(shop + "-x");

        for (String path : List.of("/gift", "/gift/versions")) {
            assertThat(call("GET", path, other, "application/json", "").statusCode())
                    .isEqualTo(404);
        }
        assertThat(call("DELETE", "/gift", other, "application/json", "").statusCode())
                .isEqualTo(404);
        assertThat(call("POST", "/gift/simulate", other, "application/json", "{\"talk\":[\"a\"]}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("GET", "", "", "application/json", "").statusCode()).isEqualTo(401);
        assertThat(call("GET", "", ISSUERS.chat(shop, "somebody"), "application/json", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/gift").getJSONObject("data").getString("id")).isEqualTo("gift");
    }
}
