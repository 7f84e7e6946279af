package io.xiaoer.common.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How bodies are read and answers written: names and values, JSON and XML, charsets.
class BorderBodiesTest extends RunningBorder {

    // --- answers

    @Test
    void anAnswerCarriesTheRequestId() throws Exception {
        var answer = post("/api/things", "{\"sku\":\"A-1\",\"quantity\":2}", "X-Request-ID", "order-77");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Request-ID")).contains("order-77");
        assertThat(json(answer).getJSONObject("meta").getString("request_id")).isEqualTo("order-77");
    }

    @Test
    void anAnswerFinishedElsewhereCarriesTheRequestIdToo() throws Exception {
        var answer = call(request("/api/things/later").header("X-Request-ID", "late-1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getJSONObject("meta").getString("request_id")).isEqualTo("late-1");
    }

    @Test
    void anUnprintableOrLongRequestIdIsReplaced() throws Exception {
        var answer = call(request("/api/things/later").header("X-Request-ID", "x".repeat(129)));

        assertThat(answer.headers().firstValue("X-Request-ID").orElseThrow()).hasSize(36);
    }

    @Test
    void namesAreInSnakeCaseTimesInUtcAndNullsAbsent() throws Exception {
        var answer = post(
                "/api/things",
                "{\"sku\":\"A-1\",\"quantity\":2,\"placed_at\":\"2026-11-20T08:00:00+08:00\",\"due\":\"2026-11-20T08:00:00+08:00\",\"unknown\":{}}");

        var attributes = json(answer).getJSONObject("data").getJSONObject("attributes");
        assertThat(attributes.getString("placed_at")).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(attributes.getString("due")).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(attributes.getString("kind")).isEqualTo("in_stock");
        assertThat(attributes).doesNotContainKey("note");
    }

    @Test
    void aStarOrNothingInAcceptGetsJson() throws Exception {
        for (var accept : List.of("*/*", "application/json", "text/html, */*")) {
            var answer = call(request("/api/things/later").header("Accept", accept));
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
        }
    }

    @Test
    void whatIsRefusedInAcceptIsNotGiven() throws Exception {
        for (var accept : List.of(
                "application/xml;q=0, */*",
                "application/xml;q=0.0, application/json;q=0.1",
                "text/html, application/xml;q=0, */*;q=0.1",
                "application/problem+xml;q=0, application/*")) {
            var answer = call(request("/api/things/later").header("Accept", accept));
            assertThat(answer.statusCode()).as(accept).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .as(accept)
                    .startsWith("application/json");
        }
        var xml = call(request("/api/things/later").header("Accept", "application/json;q=0, */*"));
        assertThat(xml.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        for (var accept : List.of("application/xml;q=0", "*/*;q=0", "application/json;q=0, image/png")) {
            assertProblem(call(request("/api/things/later").header("Accept", accept)), 406, "not_acceptable");
        }
    }

    /// The type of a problem says how a caller wants to be told of one; what is none must not look like
    /// one.
    @Test
    void anAnswerThatIsNoProblemHasNoProblemsType() throws Exception {
        for (var accept : List.of(
                "application/problem+json, application/json",
                "application/problem+json",
                "application/problem+json;q=.5")) {
            var answer = call(request("/api/things/later").header("Accept", accept));

            assertThat(answer.statusCode()).as(accept).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .as(accept)
                    .startsWith("application/json");
        }
        var xml = call(request("/api/things/later").header("Accept", "application/problem+xml"));
        assertThat(xml.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertProblem(
                call(request("/api/things/fail?how=conflict").header("Accept", "application/problem+json")),
                409,
                "conflict");
    }

    // --- XML

    @Test
    void xmlGetsTheSameNamesUnderOneRoot() throws Exception {
        var answer = post(
                "/api/things", "{\"sku\":\"A<1\",\"quantity\":2,\"tags\":[\"a\",\"b\"]}", "Accept", "application/xml");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertThat(answer.body())
                .contains("<response><data><id>1</id><type>thing</type><attributes>")
                .contains("<sku>A&lt;1</sku><quantity>2</quantity>")
                .contains("<tags>a</tags><tags>b</tags>")
                .contains("<meta><request_id>")
                .doesNotContain("note");
    }

    @Test
    void anXmlBodyIsReadIntoTheSameRecord() throws Exception {
        var body = """
                <?xml version="1.0" encoding="UTF-8"?>
                <request><sku>甲-1</sku><quantity>3</quantity><kind>in_stock</kind><tags>one</tags>
                <parts><name>wheel</name><count>4</count></parts><parts><name>bell</name><count>1</count></parts></request>""";
        for (var type : List.of("application/xml", "text/xml", "application/xml;charset=UTF-8")) {
            var answer = call(request("/api/things")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body)));

            assertThat(answer.statusCode()).as(type + answer.body()).isEqualTo(200);
            var attributes = json(answer).getJSONObject("data").getJSONObject("attributes");
            assertThat(attributes.getString("sku")).isEqualTo("甲-1");
            assertThat(attributes.getIntValue("quantity")).isEqualTo(3);
            assertThat(attributes.getJSONArray("tags")).containsExactly("one");
            assertThat(attributes.getJSONArray("parts")).hasSize(2);
        }
    }

    @Test
    void entitiesAndDepthInXmlAreRefused() throws Exception {
        var entity = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><sku>&x;</sku></r>";
        var bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r><sku>&b;</sku></r>";
        for (var body : List.of(entity, bomb, "<a>".repeat(40) + "</a>".repeat(40), "<r><sku>", "")) {
            var answer = call(request("/api/things")
                    .header("Content-Type", "application/xml")
                    .header("Accept", "application/xml")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));

            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+xml");
            assertThat(answer.body()).contains("<code>malformed</code>").doesNotContain("root:");
        }
    }

    // --- charsets

    @Test
    void aBodyMayComeInAnyDeclaredCharset() throws Exception {
        var json = "{\"sku\":\"优惠券\",\"quantity\":1}";
        for (var charset : List.of("GBK", "GB18030", "UTF-16", "UTF-16LE", "Big5", "ISO-8859-1", "UTF-8")) {
            var sku = charset.equals("ISO-8859-1") ? "café" : charset.equals("Big5") ? "訂單" : "优惠券";
            var answer = call(request("/api/things")
                    .header("Content-Type", "application/json;charset=" + charset)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            json.replace("优惠券", sku).getBytes(Charset.forName(charset)))));

            assertThat(answer.statusCode()).as(charset + answer.body()).isEqualTo(200);
            assertThat(json(answer)
                            .getJSONObject("data")
                            .getJSONObject("attributes")
                            .getString("sku"))
                    .isEqualTo(sku);
        }
    }

    @Test
    void anXmlBodyMayDeclareItsCharsetInEitherPlace() throws Exception {
        var inside = "<?xml version=\"1.0\" encoding=\"GBK\"?><r><sku>优惠券</sku><quantity>1</quantity></r>";
        var outside = "<r><sku>优惠券</sku><quantity>1</quantity></r>";
        for (var body : Map.of("application/xml", inside, "application/xml;charset=GBK", outside)
                .entrySet()) {
            var answer = call(request("/api/things")
                    .header("Content-Type", body.getKey())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.getValue().getBytes(Charset.forName("GBK")))));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(json(answer)
                            .getJSONObject("data")
                            .getJSONObject("attributes")
                            .getString("sku"))
                    .isEqualTo("优惠券");
        }
    }

    @Test
    void anUnknownCharsetIsUnsupported() throws Exception {
        var answer = post("/api/things", "{}", "Content-Type", "application/json;charset=klingon");

        assertProblem(answer, 415, "unsupported_media_type");
    }

    // --- values

    @Test
    void refusedValuesAreNamed() throws Exception {
        field("{\"quantity\":1}", "sku", "is required");
        field("{\"sku\":null,\"quantity\":1}", "sku", "is required");
        field("{\"sku\":\"A\",\"quantity\":\"many\"}", "quantity", "does not have the right form");
        field("{\"sku\":\"A\",\"quantity\":1.5}", "quantity", "does not have the right form");
        field("{\"sku\":\"A\",\"quantity\":99999999999}", "quantity", "does not have the right form");
        for (var kind : List.of("sold", "SOLD_OUT", "Sold_Out", "1", "")) {
            field(
                    "{\"sku\":\"A\",\"quantity\":1,\"kind\":\"" + kind + "\"}",
                    "kind",
                    "must be one of in_stock, sold_out");
        }
        field(
                "{\"sku\":\"A\",\"quantity\":1,\"parts\":[{\"name\":\"\",\"count\":1}]}",
                "parts[0]",
                "name must not be empty");
        field("{\"sku\":\"A\",\"quantity\":1,\"parts\":[{\"count\":1}]}", "parts[0].name", "is required");
        field("{\"sku\":\"A\",\"quantity\":1,\"parts\":[null]}", "parts[0]", "is required");
        field("{\"sku\":\"A\",\"quantity\":1,\"tags\":[\"a\",null]}", "tags[1]", "is required");
    }

    @Test
    void aTimeIsThatOfRfc3339AndNothingElse() throws Exception {
        for (var moment : List.of(
                "2026-11-20T08:00:00+08:00",
                "2026-11-20t00:00:00z",
                "2026-11-20T00:00:00.000-00:00",
                "2026-11-20T23:59:00+23:59",
                "2026-11-19T00:01:00-23:59",
                "2026-11-20T00:00:00.0000000000001Z")) {
            var answer = post("/api/things", "{\"sku\":\"A\",\"quantity\":1,\"placed_at\":\"" + moment + "\"}");
            assertThat(json(answer)
                            .getJSONObject("data")
                            .getJSONObject("attributes")
                            .getString("placed_at"))
                    .as(moment)
                    .isEqualTo("2026-11-20T00:00:00Z");
        }
        for (var other : List.of(
                "1700000000",
                "1700000000.5",
                "true",
                "{}",
                "[]",
                "'1700000000'",
                "'yesterday'",
                "'2026-11-20'",
                "'2026-11-20T08:00:00'",
                "'2026-11-20T24:00:00Z'",
                "'2026-02-30T00:00:00Z'",
                "'2026-11-20T08:00:00+08'",
                "'2026-11-20T08:00:00+24:00'",
                "'2026-11-20T08:00:00+08:60'",
                "'2026-11-20T08:00:00.Z'",
                "'2026-11-20T08:00:60Z'",
                "'2026-11-20T23:59:60+08:00'")) {
            field(
                    ("{'sku':'A','quantity':1,'placed_at':" + other + "}").replace('\'', '"'),
                    "placed_at",
                    "must be a time of RFC 3339, such as 2026-11-01T00:00:00+08:00");
        }
    }

    @Test
    void aLeapSecondIsTheSecondBeforeItWhereverItIsToldFrom() throws Exception {
        for (var moment : List.of("2016-12-31T23:59:60Z", "2017-01-01T07:59:60+08:00", "2016-12-31T18:29:60-05:30")) {
            var answer = post("/api/things", "{\"sku\":\"A\",\"quantity\":1,\"placed_at\":\"" + moment + "\"}");
            assertThat(json(answer)
                            .getJSONObject("data")
                            .getJSONObject("attributes")
                            .getString("placed_at"))
                    .as(moment)
                    .isEqualTo("2016-12-31T23:59:59Z");
        }
    }

    @Test
    void aTextIsStoredAsItCameOrRefused() throws Exception {
        var whole = post("/api/things", "{\"sku\":\"\\ud83d\\ude00\",\"quantity\":1,\"tags\":[\"\\ud83d\\ude00\"]}");
        assertThat(json(whole).getJSONObject("data").getJSONObject("attributes"))
                .containsEntry("sku", "\ud83d\ude00")
                .containsEntry("tags", List.of("\ud83d\ude00"));

        field("{\"sku\":\"a\\ud83d\",\"quantity\":1}", "sku", "must be whole Unicode characters");
        field("{\"sku\":\"A\",\"quantity\":1,\"tags\":[\"\\ude00\"]}", "tags[0]", "must be whole Unicode characters");
    }

    @Test
    void aNumberIsNoTextAndATextNoNumber() throws Exception {
        for (var wrong : List.of(
                "{'sku':5,'quantity':1}",
                "{'sku':1.5,'quantity':1}",
                "{'sku':true,'quantity':1}",
                "{'sku':'a','quantity':'1'}",
                "{'sku':'a','quantity':true}",
                "{'sku':'a','quantity':1,'loud':1}",
                "{'sku':'a','quantity':1,'tags':['x',5]}",
                "{'sku':'a','quantity':1,'parts':[{'name':5,'count':1}]}")) {
            var answer = post("/api/things", wrong.replace('\'', '"'));

            assertProblem(answer, 400, "invalid_request");
            assertThat(JSON.parseObject(answer.body()).getJSONArray("errors"))
                    .as(wrong)
                    .hasSize(1);
        }
    }

    @Test
    void whatIsNoJsonIsMalformed() throws Exception {
        for (var body : List.of("", "{", "{\"sku\":}", "nonsense", "{} {}", "[".repeat(2000), "\"text\"", "[]", "7")) {
            var answer = post("/api/things", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(json(answer).getString("code")).isIn("malformed", "invalid_request");
            assertThat(answer.body()).doesNotContain("jackson", "io.xiaoer");
        }
    }

    private void field(String body, String field, String reason) throws Exception {
        var answer = post("/api/things", body);
        assertProblem(answer, 400, "invalid_request");
        assertThat(json(answer).getJSONArray("errors").getJSONObject(0))
                .as(answer.body())
                .containsEntry("field", field)
                .containsEntry("reason", reason);
    }
}
