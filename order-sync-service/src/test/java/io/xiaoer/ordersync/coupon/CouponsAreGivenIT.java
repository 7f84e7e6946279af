package io.xiaoer.ordersync.coupon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.HttpCall.Reply;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.CommandTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Coupons by command: taken once per key, applied once, refused by rules, compensated when nothing fits.
@OrderService
class CouponsAreGivenIT {
    private static final String SHOP = "1001";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    @Autowired
    private CouponSource coupons;

    private final String template = "t-" + UUID.randomUUID();
    private final String user = "u-" + UUID.randomUUID();
    private final CommandTopics topics = new CommandTopics();

    @AfterEach
    void disconnect() {
        topics.close();
    }

    @Test
    void aCouponIsGivenAndTold() {
        putTemplate(5, 1);

        var taken = issue(key(), user, template);

        assertThat(taken.status()).isEqualTo(202);
        var id = taken.json("data", "id").asString();
        assertThat(taken.header("Location")).endsWith("/api/v1/commands/" + id);
        assertThat(taken.json("data", "type").asString()).isEqualTo("command");
        assertThat(taken.json("data", "attributes", "status").asString()).isEqualTo("accepted");
        awaitStatus(id, "applied");
        var given = coupons.couponsOf(new ShopId(SHOP), user);
        assertThat(given).hasSize(1);
        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 1);
        var event = topics.events(id).getFirst();
        assertThat(event.type()).isEqualTo("command.applied");
        assertThat(event.userId()).isEqualTo(user);
        assertThat(String.valueOf(event.body().get("content")))
                .contains("coupon", template, given.getFirst().id());
        assertThat(getTemplate().json("data", "attributes", "stock").asInt()).isEqualTo(4);
    }

    @Test
    void theOutcomeCarriesTheCallThatAskedForIt() {
        putTemplate(5, 1);
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        var id = HttpCall.post(url("/commands/coupons"))
                .bearer(TestIssuers.merchant(SHOP))
                .header("Idempotency-Key", key())
                .header("X-Request-ID", "asked-" + user)
                .header("traceparent", trace)
                .json(body(user, template))
                .send()
                .json("data", "id")
                .asString();

        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 1);
        for (var topic : List.of(Topic.COMMERCE_COMMAND.topic(), Topic.COMMERCE_EVENT.topic())) {
            var record = topics.awaitOne(topic, id);
            assertThat(CommandTopics.header(record, "x-request-id")).isEqualTo("asked-" + user);
            assertThat(CommandTopics.header(record, "traceparent")).isEqualTo(trace);
        }
    }

    @Test
    void whatNoShopperCanBeCalledIsRefusedAtTheDoor() {
        for (var nobody : List.of("a\\u2028b", "a\\u200bb", "\\ue000")) {
            var reply = issue(key(), nobody, template);

            assertThat(reply.status()).as(nobody).isEqualTo(400);
            assertThat(reply.json("errors").get(0).path("field").asString()).isEqualTo("user_id");
        }
    }

    @Test
    void aKeyGivesItsAnswerAgainInEitherForm() {
        putTemplate(5, 5);
        var key = key();

        var first = issue(key, user, template);
        var bare = issue(key, user, template);
        var quoted = issue('"' + key + '"', user, template);

        assertThat(List.of(bare.status(), quoted.status())).containsOnly(202);
        assertThat(bare.json("data")).isEqualTo(first.json("data"));
        assertThat(quoted.json("data")).isEqualTo(first.json("data"));
        awaitStatus(first.json("data", "id").asString(), "applied");
        assertThat(coupons.couponsOf(new ShopId(SHOP), user)).hasSize(1);
    }

    @Test
    void aKeyIsNeededAndBelongsToOnePayloadOfOneShop() {
        putTemplate(5, 5);
        var key = key();
        issue(key, user, template);

        var other = issue(key, user, "another");
        var missing = post(TestIssuers.merchant(SHOP), null, body(user, template));
        var tooLong = issue("k".repeat(256), user, template);
        var otherShop = post(TestIssuers.merchant("1002"), key, body(user, template));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json("code").asString()).isEqualTo("idempotency_key_reused");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json("code").asString()).isEqualTo("idempotency_key_missing");
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(issue("k".repeat(255 - 36) + UUID.randomUUID(), user, template)
                        .status())
                .isEqualTo(202);
        assertThat(otherShop.status()).isEqualTo(202);
    }

    @Test
    void badInputDoesNotUseUpItsKey() {
        putTemplate(5, 5);
        var key = key();

        var blank = issue(key, " ", template);
        var malformed = post(TestIssuers.merchant(SHOP), key, "{\"user_id\":");
        var good = issue(key, user, template);

        assertThat(blank.status()).isEqualTo(400);
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(good.status()).isEqualTo(202);
    }

    @Test
    void aKeyUsedByManyAtOnceMakesOneCommand() {
        putTemplate(50, 50);
        var key = key();

        var replies = atOnce(8, number -> issue(key, user, template));

        assertThat(replies).extracting(Reply::status).containsAnyOf(202).isSubsetOf(202, 409);
        assertThat(replies.stream()
                        .filter(each -> each.status() == 202)
                        .map(each -> each.json("data", "id").asString())
                        .distinct())
                .hasSize(1);
        assertThat(replies.stream()
                        .filter(each -> each.status() == 409)
                        .map(each -> each.json("code").asString()))
                .isSubsetOf("still_running");
    }

    @Test
    void stockNeverFallsBelowZero() {
        putTemplate(5, 100);

        var ids = atOnce(12, number -> issue(key(), user + number, template)).stream()
                .map(each -> each.json("data", "id").asString())
                .toList();

        var ends = ids.stream().map(this::awaitEnd).toList();
        assertThat(ends.stream().filter("applied"::equals)).hasSize(5);
        assertThat(ends.stream().filter("failed"::equals)).hasSize(7);
        assertThat(getTemplate().json("data", "attributes", "stock").asInt()).isZero();
    }

    @Test
    void aShopperGetsNoMoreThanTheTemplateAllows() {
        putTemplate(100, 2);

        var ids = atOnce(5, number -> issue(key(), user, template)).stream()
                .map(each -> each.json("data", "id").asString())
                .toList();

        var ends = ids.stream().map(this::awaitEnd).toList();
        assertThat(ends.stream().filter("applied"::equals)).hasSize(2);
        assertThat(coupons.couponsOf(new ShopId(SHOP), user)).hasSize(2);
        var refused = ids.get(ends.indexOf("failed"));
        assertThat(command(refused).json("data", "attributes", "reason").asString())
                .isEqualTo("per_user_limit");
    }

    @Test
    void anUnknownTemplateIsCompensatedUntilAReplayAppliesItOnce() {
        var id = issue(key(), user, template).json("data", "id").asString();
        awaitStatus(id, "compensating");
        await().atMost(PATIENCE).until(() -> deadLetters(id).size() == 1);
        var letter = deadLetters(id).getFirst();
        assertThat(CommandTopics.header(letter, DeadLetters.REASON)).isEqualTo("unknown_template");
        var order = EventJson.decode(letter.value(), CommerceCommand.class);
        putTemplate(5, 5);

        topics.again(order, Map.of(DeadLetters.REPLAY_OF, "77"));
        topics.again(order, Map.of(DeadLetters.REPLAY_OF, "77"));

        awaitStatus(id, "applied");
        await().atMost(PATIENCE)
                .until(() -> topics.of(Topic.COMMERCE_EVENT.topic(), id).size() == 2);
        assertThat(topics.of(Topic.COMMERCE_EVENT.topic(), id))
                .allMatch(each ->
                        CommandTopics.header(each, DeadLetters.OUTCOME_OF).equals("77"));
        assertThat(topics.events(id))
                .extracting(each -> each.id())
                .hasSize(2)
                .containsOnly(topics.events(id).getFirst().id());
        assertThat(topics.events(id))
                .as("told to the shopper once")
                .filteredOn(each -> each.body().containsKey("content"))
                .hasSize(1);
        assertThat(coupons.couponsOf(new ShopId(SHOP), user)).hasSize(1);
    }

    @Test
    void aNameThatNoTemplateCanHaveIsUnknownToo() {
        var id = issue(key(), user, "满减券").json("data", "id").asString();

        awaitStatus(id, "compensating");
        assertThat(command(id).json("data", "attributes", "reason").asString()).isEqualTo("unknown_template");
    }

    @Test
    void aRecordThatLacksWhatACommandHasHoldsUpNoOther() {
        var id = issue(key(), user, template).json("data", "id").asString();
        awaitStatus(id, "compensating");
        await().atMost(PATIENCE).until(() -> deadLetters(id).size() == 1);
        var order = EventJson.decode(deadLetters(id).getFirst().value(), CommerceCommand.class);
        putTemplate(5, 5);

        for (var lacking : List.of(
                "{\"user\":\"1001:u.a\",\"id\":\"%s\",\"kind\":\"coupon\"}",
                "{\"shop_id\":\"1001\",\"kind\":\"coupon\"}")) {
            topics.send(id, lacking.formatted(id).getBytes(StandardCharsets.UTF_8), Map.of());
        }
        topics.again(order, Map.of());

        awaitStatus(id, "applied");
        await().atMost(PATIENCE).until(() -> deadLetters(id).size() == 3);
        assertThat(deadLetters(id))
                .extracting(each -> CommandTopics.header(each, DeadLetters.REASON))
                .containsExactly("unknown_template", "unreadable", "unreadable");
    }

    @Test
    void aDiscardedCommandFails() {
        var id = issue(key(), user, template).json("data", "id").asString();
        awaitStatus(id, "compensating");
        await().atMost(PATIENCE).until(() -> deadLetters(id).size() == 1);
        var order = EventJson.decode(deadLetters(id).getFirst().value(), CommerceCommand.class);

        topics.again(order, Map.of(DeadLetters.DISCARD_OF, "78"));

        awaitStatus(id, "failed");
        assertThat(command(id).json("data", "attributes", "reason").asString()).isEqualTo("discarded");
    }

    @Test
    void aRecordDeliveredAgainChangesNothing() {
        putTemplate(5, 5);
        var id = issue(key(), user, template).json("data", "id").asString();
        awaitStatus(id, "applied");
        await().atMost(PATIENCE)
                .until(() -> topics.of(Topic.COMMERCE_COMMAND.topic(), id).size() == 1);
        var order = EventJson.decode(
                topics.of(Topic.COMMERCE_COMMAND.topic(), id).getFirst().value(), CommerceCommand.class);

        topics.again(order, Map.of());
        var later = issue(key(), user, template).json("data", "id").asString();

        awaitStatus(later, "applied");
        assertThat(coupons.couponsOf(new ShopId(SHOP), user)).hasSize(2);
    }

    @Test
    void anotherShopSeesNothing() {
        putTemplate(5, 5);
        var id = issue(key(), user, template).json("data", "id").asString();
        var other = TestIssuers.merchant("1002");

        assertThat(HttpCall.get(url("/commands/" + id)).bearer(other).send().status())
                .isEqualTo(404);
        assertThat(HttpCall.get(url("/coupon-templates/" + template))
                        .bearer(other)
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aTemplateThatIsPutByManyAtOnceIsMadeOnce() {
        for (int round = 0; round < 5; round++) {
            var address = url("/coupon-templates/" + template + "-" + round);
            var answers = atOnce(
                    8,
                    number -> HttpCall.put(address)
                            .bearer(TestIssuers.merchant(SHOP))
                            .json("""
                            {"title":"春节券","value":{"amount_minor":1000,"currency":"CNY"},"stock":%d,"per_user":1,
                             "valid_from":"2020-01-01T00:00:00+08:00","valid_to":"2099-01-01T00:00:00Z"}""".formatted(number))
                            .send());

            assertThat(answers).extracting(Reply::status).containsOnlyOnce(201).containsOnly(200, 201);
        }
    }

    @Test
    void aTemplateThatBreaksItsRulesIsRefused() {
        var refused = HttpCall.put(url("/coupon-templates/" + template))
                .bearer(TestIssuers.merchant(SHOP))
                .json("""
                        {"title":"","value":{"amount_minor":0,"currency":"yuan"},"stock":-1,"per_user":0,
                         "valid_from":"2026-02-01T00:00:00+08:00","valid_to":"2026-01-01T00:00:00Z"}""")
                .send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json("errors").size()).isEqualTo(6);
    }

    @Test
    void theCouponsOfManyShoppersAreReadAtOnceEachTheFirstToEnd() {
        putTemplate(100, 60);
        var neighbour = user + "-2";
        var last = IntStream.range(0, 51)
                .mapToObj(i -> issue(key(), user, template).json("data", "id").asString())
                .toList()
                .getLast();
        awaitStatus(last, "applied");
        awaitStatus(issue(key(), neighbour, template).json("data", "id").asString(), "applied");
        await().atMost(PATIENCE)
                .until(() -> getTemplate().json("data", "attributes", "issued").asInt() == 52);

        var read = coupons.couponsOf(new ShopId(SHOP), List.of(user, neighbour, user + "-3"));

        assertThat(read).containsOnlyKeys(user, neighbour);
        assertThat(read.get(user)).hasSize(50).doesNotHaveDuplicates();
        assertThat(read.get(neighbour)).hasSize(1);
        assertThat(coupons.couponsOf(new ShopId("1002"), List.of(user))).isEmpty();
    }

    @Test
    void commandsTakenWhileKafkaIsAwayAreAppliedLater() {
        putTemplate(5, 5);
        RealServers.stop(ServerKind.KAFKA);
        String id;
        try {
            var taken = issue(key(), user, template);
            assertThat(taken.status()).isEqualTo(202);
            id = taken.json("data", "id").asString();
        } finally {
            RealServers.start(ServerKind.KAFKA);
        }

        awaitStatus(id, "applied");
        assertThat(coupons.couponsOf(new ShopId(SHOP), user)).hasSize(1);
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(String id) {
        return topics.of(Topic.COMMERCE_COMMAND.deadLetter(), id);
    }

    private void putTemplate(int stock, int perUser) {
        var put = HttpCall.put(url("/coupon-templates/" + template))
                .bearer(TestIssuers.merchant(SHOP))
                .json("""
                        {"title":"春节券","value":{"amount_minor":1000,"currency":"CNY"},"stock":%d,"per_user":%d,
                         "valid_from":"2020-01-01T00:00:00+08:00","valid_to":"2099-01-01T00:00:00Z"}""".formatted(stock, perUser))
                .send();
        assertThat(put.status()).describedAs(put.toString()).isEqualTo(201);
    }

    private Reply getTemplate() {
        return HttpCall.get(url("/coupon-templates/" + template))
                .bearer(TestIssuers.merchant(SHOP))
                .send();
    }

    private Reply issue(String key, String user, String template) {
        return post(TestIssuers.merchant(SHOP), key, body(user, template));
    }

    private Reply post(String token, @Nullable String key, String body) {
        var call = HttpCall.post(url("/commands/coupons")).bearer(token).json(body);
        return (key == null ? call : call.header("Idempotency-Key", key)).send();
    }

    private static String body(String user, String template) {
        return "{\"user_id\":\"%s\",\"template_id\":\"%s\"}".formatted(user, template);
    }

    private Reply command(String id) {
        return HttpCall.get(url("/commands/" + id))
                .bearer(TestIssuers.merchant(SHOP))
                .send();
    }

    private String status(String id) {
        return command(id).json("data", "attributes", "status").asString();
    }

    private void awaitStatus(String id, String status) {
        await().atMost(PATIENCE).until(() -> status(id), status::equals);
    }

    private String awaitEnd(String id) {
        return await().atMost(PATIENCE).until(() -> status(id), end -> end.equals("applied") || end.equals("failed"));
    }

    private String url(String path) {
        return "http://localhost:" + port + "/api/v1" + path;
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static List<Reply> atOnce(int times, IntFunction<Reply> call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Reply>>();
            for (int number = 0; number < times; number++) {
                int each = number;
                calls.add(() -> call.apply(each));
            }
            var replies = new ArrayList<Reply>();
            for (var reply : threads.invokeAll(calls)) {
                replies.add(reply.get());
            }
            return replies;
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
