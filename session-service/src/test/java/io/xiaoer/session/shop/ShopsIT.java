package io.xiaoer.session.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettingsFeed;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.HttpCall.Reply;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.words.ShopWords;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/// Shops as operators make them, merchants set them, and other services hear of them.
@SessionServiceTest
class ShopsIT {
    private static final String SETTINGS = """
            {"origins":["https://Shop.example","http://localhost:8090"],
             "image_hosts":["img.shop.example"],
             "hours_of_service":{"time_zone":"Asia/Shanghai","weekly":[{"day":"monday","from":"09:00","to":"18:00"}]},
             "greeting":"您好",
             "limits":{"user_messages_per_minute":30},
             "source_deadlines":{"order_ms":500},
             "price_floor_percent":80,
             "unknown":1}""";

    @LocalServerPort
    private int port;

    @Autowired
    private ShopDirectory directory;

    @Autowired
    private Shops shops;

    @Autowired
    private ShopTable table;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaProperties kafka;

    @Autowired
    private KafkaTemplate<?, ?> template;

    @Test
    void aNewShopHasDefaultsForAllThatWasNotSet() {
        var shop = TestShops.create(base());

        var attributes = merchantGet(shop).json("data", "attributes");

        assertThat(attributes.path("origins").size()).isZero();
        assertThat(attributes.path("hours_of_service").path("weekly").size()).isZero();
        assertThat(attributes.path("greeting").asString()).isEmpty();
        assertThat(attributes.path("limits").path("user_messages_per_minute").asInt())
                .isEqualTo(60);
        assertThat(attributes.path("limits").path("waiting_questions").asInt()).isEqualTo(10_000);
        assertThat(attributes.path("source_deadlines").path("order_ms").asInt()).isEqualTo(800);
        assertThat(attributes.path("price_floor_percent").asInt()).isEqualTo(50);
        assertThat(attributes.at("/hand_off/assignment").asString()).isEqualTo("automatic");
        assertThat(attributes.at("/hand_off/assign_after_s").asInt()).isEqualTo(30);
        assertThat(attributes.path("created_at").asString()).endsWith("Z");
    }

    @Test
    void aMerchantReplacesAllSettingsAndWhatIsMissingIsDefaultAgain() {
        var shop = TestShops.create(base());

        var put = merchantPut(shop, SETTINGS);

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        var set = merchantGet(shop).json("data", "attributes");
        assertThat(set.path("origins").get(0).asString()).isEqualTo("https://shop.example");
        assertThat(set.path("hours_of_service")
                        .path("weekly")
                        .get(0)
                        .path("day")
                        .asString())
                .isEqualTo("monday");
        assertThat(set.path("limits").path("user_messages_per_minute").asInt()).isEqualTo(30);
        assertThat(set.path("limits").path("waiting_questions").asInt()).isEqualTo(10_000);
        assertThat(set.path("source_deadlines").path("order_ms").asInt()).isEqualTo(500);
        merchantPut(shop, "{\"greeting\":\"hello\"}");
        var replaced = merchantGet(shop).json("data", "attributes");
        assertThat(replaced.path("origins").size()).isZero();
        assertThat(replaced.path("greeting").asString()).isEqualTo("hello");
    }

    @Test
    void aMerchantSetsSensitiveWordsAndBadOnesNameTheirField() {
        var shop = TestShops.create(base());
        assertThat(merchantGet(shop)
                        .json("data", "attributes")
                        .at("/sensitive_words/categories")
                        .size())
                .isZero();

        var put = merchantPut(shop, """
                {"sensitive_words":{"categories":[{"name":"rivals","action":"mask","words":["某宝"]},
                 {"name":"risk","action":"flag","hand_off":true}],"allowed":["淘宝贝"]}}""");

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        var set = merchantGet(shop).json("data", "attributes").path("sensitive_words");
        assertThat(set.at("/categories/0/name").asString()).isEqualTo("rivals");
        assertThat(set.at("/categories/0/action").asString()).isEqualTo("mask");
        assertThat(set.at("/categories/0/words/0").asString()).isEqualTo("某宝");
        assertThat(set.at("/categories/0/hand_off").asBoolean()).isFalse();
        assertThat(set.at("/categories/1/hand_off").asBoolean()).isTrue();
        assertThat(set.at("/allowed/0").asString()).isEqualTo("淘宝贝");
        for (var bad : List.of(
                "{\"categories\":[{\"action\":\"mask\"}]}|sensitive_words.categories.name",
                "{\"categories\":[null]}|sensitive_words.categories[0]",
                "{\"categories\":[{\"name\":\"a\"}]}|sensitive_words.categories.action",
                "{\"categories\":[{\"name\":\"a\",\"action\":\"block\",\"hand_off\":true}]}|sensitive_words.categories.hand_off",
                "{\"categories\":[{\"name\":\"a\",\"action\":\"mask\",\"words\":[\"x\"]}]}|sensitive_words.categories.words",
                "{\"allowed\":[null]}|sensitive_words.allowed[0]")) {
            var parts = bad.split("\\|");
            var refused = merchantPut(shop, "{\"sensitive_words\":" + parts[0] + "}");
            assertThat(refused.status()).as(parts[0]).isEqualTo(400);
            assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo(parts[1]);
        }
        var unknown =
                merchantPut(shop, "{\"sensitive_words\":{\"categories\":[{\"name\":\"a\",\"action\":\"shout\"}]}}");
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    void theLongestListsThatAreAllowedAreTaken() {
        var shop = TestShops.create(base());
        // Outside the basic plane a character is four bytes, and twelve when it is escaped.
        var escaped = "\\ud840\\udc0b";
        var words = IntStream.range(0, 2000)
                .mapToObj(i -> "\"%04d%s\"".formatted(i, escaped.repeat(36)))
                .collect(Collectors.joining(","));
        var allowed = IntStream.range(0, 500)
                .mapToObj(i -> "\"%04d%s\"".formatted(i, escaped.repeat(36)))
                .collect(Collectors.joining(","));

        var put = merchantPut(
                shop,
                "{\"sensitive_words\":{\"categories\":[{\"name\":\"rivals\",\"action\":\"mask\",\"words\":[" + words
                        + "]}],\"allowed\":[" + allowed + "]}}");
        var tooLarge = merchantPut(shop, "{\"greeting\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}");

        assertThat(put.status()).as(String.valueOf(put.status())).isEqualTo(200);
        var set = merchantGet(shop).json("data", "attributes").path("sensitive_words");
        assertThat(set.at("/categories/0/words").size()).isEqualTo(2000);
        assertThat(set.path("allowed").size()).isEqualTo(500);
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.json("code").asString()).isEqualTo("too_large");
    }

    @Test
    void anOperatorMakesAShopOnceAndReplacesItAfterwards() {
        var shop = "t-" + UUID.randomUUID().toString().substring(0, 18);

        var made = opsPut(shop, "{}");
        var replaced = opsPut(shop, SETTINGS);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/ops/shops/" + shop);
        assertThat(made.json("data", "id").asString()).isEqualTo(shop);
        assertThat(made.json("data", "type").asString()).isEqualTo("shop");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(opsGet(shop)
                        .json("data", "attributes", "price_floor_percent")
                        .asInt())
                .isEqualTo(80);
    }

    @Test
    void ofManyWhoPutAShopAtOnceOneMakesItAndAllAreTaken() throws Exception {
        for (int round = 0; round < 5; round++) {
            var shop = "t-" + UUID.randomUUID().toString().substring(0, 18);
            List<Future<Reply>> answers;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                answers = threads.invokeAll(Collections.nCopies(8, () -> opsPut(shop, SETTINGS)));
            }

            assertThat(answers)
                    .extracting(answer -> answer.resultNow().status())
                    .containsOnlyOnce(201)
                    .containsOnly(200, 201);
            assertThat(table.find(new ShopId(shop)).orElseThrow().settings().version())
                    .isEqualTo(8);
        }
    }

    @Test
    void anUnknownShopIsNotFoundAndIsNotMadeByItsMerchant() {
        assertThat(merchantGet("nowhere").status()).isEqualTo(404);
        assertThat(merchantPut("nowhere", "{}").status()).isEqualTo(404);
        assertThat(opsGet("nowhere").status()).isEqualTo(404);
        assertThat(directory.find(new ShopId("nowhere"))).isEmpty();
    }

    @Test
    void whatIsNoShopIdIsRefused() {
        assertThat(opsPut("UPPER", "{}").status()).isEqualTo(400);
        assertThat(opsPut("a".repeat(33), "{}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"origins":["https://shop.example/path"]}                                              | origins
            {"origins":[null]}                                                                     | origins[0]
            {"origins":"https://shop.example"}                                                     | origins
            {"image_hosts":["http://x"]}                                                           | image_hosts
            {"hours_of_service":{"time_zone":"Mars/Olympus"}}                                      | hours_of_service.time_zone
            {"hand_off":{"sessions_per_agent":0}}                                                  | hand_off.sessions_per_agent
            {"hand_off":{"reply_within_s":9}}                                                      | hand_off.reply_within_s
            {"hand_off":{"assignment":"dice"}}                                                     | hand_off.assignment
            {"hours_of_service":{"weekly":[{"day":"someday","from":"09:00","to":"10:00"}]}}        | hours_of_service.weekly[0].day
            {"limits":{"user_messages_per_minute":0}}                                              | limits.user_messages_per_minute
            {"source_deadlines":{"coupons_ms":1}}                                                  | source_deadlines.coupons_ms
            {"price_floor_percent":101}                                                            | price_floor_percent
            {"price_floor_percent":"cheap"}                                                        | price_floor_percent
            """)
    void aBadSettingIsRefusedByFieldNameAndChangesNothing(String settings, String field) {
        var shop = TestShops.create(base(), SETTINGS);

        var reply = merchantPut(shop, settings);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json("errors").get(0).path("field").asString()).isEqualTo(field);
        assertThat(merchantGet(shop)
                        .json("data", "attributes", "price_floor_percent")
                        .asInt())
                .isEqualTo(80);
    }

    @Test
    void onlyAMerchantSeesItsShopAndOnlyAnOperatorMakesShops() {
        var shop = TestShops.create(base());

        for (var token : List.of(TestIssuers.chat(shop, "j"), TestIssuers.agent(shop, "lin"), TestIssuers.ops())) {
            assertThat(HttpCall.get(base() + "/api/v1/shop")
                            .bearer(token)
                            .send()
                            .status())
                    .isEqualTo(403);
        }
        assertThat(HttpCall.put(base() + "/api/v1/ops/shops/" + shop)
                        .bearer(TestIssuers.merchant(shop))
                        .json("{}")
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aShopIsReadAndSetAsXmlToo() {
        var shop = TestShops.create(base());

        var put = HttpCall.put(base() + "/api/v1/shop")
                .bearer(TestIssuers.merchant(shop))
                .header("Accept", "application/xml")
                .header("Content-Type", "application/xml")
                .body("<shop><origins>https://a.example</origins><origins>https://b.example</origins>"
                        + "<greeting>hi</greeting></shop>")
                .send();

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(put.header("Content-Type")).startsWith("application/xml");
        assertThat(put.response().body()).contains("<response>", "<origins>https://b.example</origins>");
    }

    @Test
    void aChangeIsAtOnceKnownHereAndSoonToEveryServiceThatFollowsTheTopic() {
        var heard = new ConcurrentHashMap<String, ShopSettings>();
        var feed = new ShopSettingsFeed(
                kafka.buildConsumerProperties(),
                settings -> heard.merge(settings.shopId(), settings, (a, b) -> b.version() >= a.version() ? b : a));
        feed.start();
        try {
            var shop = TestShops.create(base(), SETTINGS);
            merchantPut(shop, "{\"greeting\":\"changed\"}");

            assertThat(directory.require(new ShopId(shop)).greeting()).isEqualTo("changed");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(heard.get(shop))
                            .isNotNull()
                            .extracting(ShopSettings::greeting)
                            .isEqualTo("changed"));
            assertThat(feed.caughtUp()).isTrue();
        } finally {
            feed.stop();
        }
    }

    @Test
    void aFeedThatIsStartedAgainLivesThroughAFailureAsBefore() {
        var shop = TestShops.create(base());
        var restarted = new AtomicBoolean();
        var heard = new AtomicInteger();
        var feed = new ShopSettingsFeed(kafka.buildConsumerProperties(), settings -> {
            if (settings.shopId().equals(shop) && restarted.get() && heard.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
        });
        feed.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(feed::caughtUp);
            feed.stop();
            assertThat(feed.isRunning()).isFalse();
            restarted.set(true);

            feed.start();

            assertThat(feed.isRunning()).isTrue();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> heard.get() >= 2);
        } finally {
            feed.stop();
        }
    }

    @Test
    void aChangeMadeOnAnotherInstanceReachesTheDirectoryAndAnOlderOneDoesNot() throws Exception {
        var shop = new ShopId(TestShops.create(base()));
        var now = directory.require(shop);

        send(greeting(now, now.version() + 5, "newer"));
        send(greeting(now, now.version() - 1, "older"));
        var marker = new ShopId(TestShops.create(base()));
        send(greeting(directory.require(marker), 9, "marker"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> directory.require(marker).greeting().equals("marker"));
        assertThat(directory.require(shop).greeting()).isEqualTo("newer");
    }

    @Test
    void everyShopIsSentOnceMore() {
        var shop = TestShops.create(base(), "{\"greeting\":\"again\"}");
        var times = new ConcurrentHashMap<Long, Integer>();
        var feed = new ShopSettingsFeed(kafka.buildConsumerProperties(), settings -> {
            if (settings.shopId().equals(shop)) {
                times.merge(settings.version(), 1, Integer::sum);
            }
        });
        feed.start();
        try {
            shops.repeat();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(times).containsEntry(1L, 2));
        } finally {
            feed.stop();
        }
    }

    @Test
    void aStoredShopThatBreaksANewerRuleIsLeftOutAndTheOthersGoOn() {
        var good = new ShopId(TestShops.create(base()));
        var other = new ShopId(TestShops.create(base()));
        var bad = new ShopId(TestShops.create(base()));
        var mixed = new ShopId(TestShops.create(base()));
        var before = directory.require(bad);
        store(bad, "REPLACE(settings, '\"price_floor_percent\":50', '\"price_floor_percent\":101')");
        store(mixed, "REPLACE(settings, '" + mixed + "', '" + other + "')");
        var meters = new SimpleMeterRegistry();
        var restarted = new ShopDirectory(table, new ShopWords(meters), kafka, meters);
        restarted.start();
        try {
            assertThat(restarted.known()).contains(good, other).doesNotContain(bad, mixed);
            assertThat(meters.get("xiaoer.shops.broken").gauge().value()).isEqualTo(2);
            refused(restarted, bad, "price_floor_percent");
            refused(restarted, mixed, "shop_id");
            restarted.learn(before);
            refused(restarted, bad, "price_floor_percent");
            assertThat(opsGet(bad.value()).status()).isEqualTo(503);

            assertThat(opsPut(bad.value(), "{\"price_floor_percent\":90}").status())
                    .isEqualTo(200);
            assertThat(opsPut(mixed.value(), "{}").status()).isEqualTo(200);

            assertThat(restarted.require(bad).priceFloorPercent()).isEqualTo(90);
            assertThat(restarted.require(mixed).shop()).isEqualTo(mixed);
            assertThat(meters.get("xiaoer.shops.broken").gauge().value()).isZero();
        } finally {
            restarted.stop();
        }
    }

    private void store(ShopId shop, String settings) {
        assertThat(jdbc.sql("UPDATE shop SET settings = " + settings + " WHERE shop_id = ?")
                        .param(shop.value())
                        .update())
                .isEqualTo(1);
    }

    private static void refused(ShopDirectory directory, ShopId shop, String rule) {
        assertThatThrownBy(() -> directory.find(shop))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE))
                .hasMessageContaining(rule);
    }

    @SuppressWarnings("unchecked")
    private void send(ShopSettings settings) throws Exception {
        ((KafkaTemplate<String, byte[]>) template)
                .send(Topic.SHOP_SETTINGS.topic(), settings.shopId(), EventJson.encode(settings))
                .get();
    }

    private static ShopSettings greeting(ShopSettings settings, long version, String greeting) {
        return new ShopSettings(
                settings.shopId(),
                version,
                settings.origins(),
                settings.imageHosts(),
                settings.hoursOfService(),
                greeting,
                settings.limits(),
                settings.sourceDeadlines(),
                settings.priceFloorPercent(),
                settings.handOff(),
                settings.sensitiveWords(),
                Instant.parse("2026-11-20T00:00:00Z"));
    }

    private Reply merchantGet(String shop) {
        return HttpCall.get(base() + "/api/v1/shop")
                .bearer(TestIssuers.merchant(shop))
                .send();
    }

    private Reply merchantPut(String shop, String settings) {
        return HttpCall.put(base() + "/api/v1/shop")
                .bearer(TestIssuers.merchant(shop))
                .json(settings)
                .send();
    }

    private Reply opsPut(String shop, String settings) {
        return HttpCall.put(base() + "/api/v1/ops/shops/" + shop)
                .bearer(TestIssuers.ops())
                .json(settings)
                .send();
    }

    private Reply opsGet(String shop) {
        return HttpCall.get(base() + "/api/v1/ops/shops/" + shop)
                .bearer(TestIssuers.ops())
                .send();
    }

    private String base() {
        return "http://localhost:" + port;
    }
}
