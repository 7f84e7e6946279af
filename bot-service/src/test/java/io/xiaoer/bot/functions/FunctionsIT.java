package io.xiaoer.bot.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSONObject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.bot.Neighbours.CommandCall;
import io.xiaoer.bot.Neighbours.CommandReply;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.bot.slots.TimeRange;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.circuit.CircuitSettings;
import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What functions ask of order-sync-service, and what they make of its answers.
class FunctionsIT extends RunningBot {

    private static final Map<String, Object> MONEY = Map.of("amount_minor", 12900, "currency", "CNY");

    @Autowired
    private Functions functions;

    @Autowired
    private OrderFunctions orders;

    @Autowired
    private Neighbours neighbours;

    @Autowired
    private AfterSaleFunctions afterSales;

    @Autowired
    private CouponFunctions coupons;

    @Autowired
    private ChangeFunctions changes;

    private final String shop = "f-" + UUID.randomUUID().toString().substring(0, 8);
    private final String user = "李雷 " + UUID.randomUUID();
    private final List<JSONObject> asked = new CopyOnWriteArrayList<>();
    private final List<CommandCall> sent = new CopyOnWriteArrayList<>();

    @AfterEach
    void comeBack() {
        NEIGHBOURS.up(true);
        NEIGHBOURS.orders(variables -> Map.of());
        NEIGHBOURS.commands(call -> new CommandReply(404, Map.of()));
    }

    @Test
    void ordersOfTheShopperAreFoundAndNarrowed() {
        answering(Map.of(
                "orders",
                Map.of(
                        "nodes",
                        List.of(
                                order("A1", "paid", "跑鞋", "雨伞"),
                                order("A2", "delivered", "水杯"),
                                order("A3", "closed", "跑鞋")))));
        var when = new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-02T00:00:00Z"));

        var found = orders.search(
                new OrderFunctions.Search(user, when, "跑鞋", List.of("paid", "delivered"), 6), call(Language.ZH));
        var others = orders.search(
                new OrderFunctions.Search(user, null, "沙发", List.of("paid", "delivered"), 1), call(Language.EN));

        assertThat(found).extracting(OrderFunctions.OrderBrief::no).containsExactly("A1");
        assertThat(found.getFirst().title()).isEqualTo("跑鞋 等 2 件");
        assertThat(found.getFirst().total()).isEqualTo("129.00 元");
        assertThat(found.getFirst().state()).isEqualTo("已付款，等待发货");
        assertThat(found.getFirst().card()).containsKeys("id", "status", "total", "items");
        assertThat(others).hasSize(1);
        assertThat(asked.getFirst().getString("user")).isEqualTo(user);
        assertThat(asked.getFirst().getJSONObject("placed").getString("from")).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(asked.getLast().get("placed")).isNull();
    }

    @Test
    void aWordForAnArticleCountsMoreThanTheTime() {
        NEIGHBOURS.orders(variables -> {
            asked.add(variables);
            var nodes = variables.get("placed") == null
                    ? List.of(order("A1", "delivered", "跑鞋"), order("A2", "delivered", "水杯"))
                    : List.of(order("A2", "delivered", "水杯"));
            return Map.of("data", Map.of("orders", Map.of("nodes", nodes)));
        });
        var when = new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-02T00:00:00Z"));

        var shoes = orders.search(new OrderFunctions.Search(user, when, "鞋子", null, 6), call(Language.ZH));
        var cups = orders.search(new OrderFunctions.Search(user, when, "水杯", null, 6), call(Language.ZH));
        var sofas = orders.search(new OrderFunctions.Search(user, when, "沙发", null, 6), call(Language.ZH));

        assertThat(shoes).extracting(OrderFunctions.OrderBrief::no).containsExactly("A1");
        assertThat(cups).extracting(OrderFunctions.OrderBrief::no).containsExactly("A2");
        assertThat(sofas).extracting(OrderFunctions.OrderBrief::no).containsExactly("A2");
        assertThat(asked).hasSize(5);
    }

    @Test
    void aWordForAnArticleCountsMoreThanTheStatus() {
        answering(Map.of(
                "orders", Map.of("nodes", List.of(order("A1", "paid", "跑鞋"), order("A2", "shipped", "纯棉T恤")))));

        var shirts = orders.search(new OrderFunctions.Search(user, null, "T恤", List.of("paid"), 6), call(Language.ZH));
        var sofas = orders.search(new OrderFunctions.Search(user, null, "沙发", List.of("paid"), 6), call(Language.ZH));

        assertThat(shirts).extracting(OrderFunctions.OrderBrief::no).containsExactly("A2");
        assertThat(sofas).extracting(OrderFunctions.OrderBrief::no).containsExactly("A1");
    }

    @Test
    void aParcelIsSaidInWordsAndShownOnACard() {
        answering(Map.of("order", order("A2", "shipped", "水杯")));

        var track = orders.track(new OrderFunctions.Tracked("A2"), call(Language.ZH));

        assertThat(track.shipped()).isTrue();
        assertThat(track.text()).isEqualTo("SF 9001，运输中，已到达杭州");
        assertThat(track.card()).containsEntry("order_id", "A2").containsKey("shipments");
        assertThat(asked.getFirst().getString("number")).isEqualTo("A2");
        assertThat(asked.getFirst().getString("user")).isEqualTo(user);
    }

    @Test
    void anOrderThatIsNotTheirsIsNotFound() {
        NEIGHBOURS.orders(variables -> Map.of("data", new JSONObject()));

        assertThatThrownBy(() -> orders.get(new OrderFunctions.Get(user, "A9"), call(Language.ZH)))
                .isInstanceOfSatisfying(
                        CallFailed.class, failed -> assertThat(failed.reason()).isEqualTo(CallFailed.Reason.NOT_FOUND));
    }

    @Test
    void aServiceThatDoesNotAnswerIsUnavailable() {
        NEIGHBOURS.up(false);

        assertThatThrownBy(() -> orders.track(new OrderFunctions.Tracked("A2"), call(Duration.ofMillis(900))))
                .isInstanceOfSatisfying(
                        CallFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(CallFailed.Reason.UNAVAILABLE));
        assertThatThrownBy(
                        () -> changes.cancel(new ChangeFunctions.Cancellation("A1", null), call(Duration.ofSeconds(4))))
                .isInstanceOfSatisfying(
                        CallFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(CallFailed.Reason.UNAVAILABLE));
    }

    @Test
    void aReadIsMadeAgainUntilAServiceThatIsStartedAnewAnswers() {
        NEIGHBOURS.up(false);
        NEIGHBOURS.orders(variables -> {
            asked.add(variables);
            NEIGHBOURS.up(asked.size() >= 3);
            return Map.of("data", Map.of("order", order("A2", "shipped", "水杯")));
        });

        assertThat(orders.track(new OrderFunctions.Tracked("A2"), call(Language.ZH))
                        .no())
                .isEqualTo("A2");
        assertThat(asked).hasSize(4);
    }

    @Test
    void aReadThatTheCircuitRefusesWaitsForIt() {
        var registry = new SimpleMeterRegistry();
        var circuits = new Circuits(new CircuitSettings(1, 1, Duration.ofMillis(600), 1), registry);
        var sync = new OrderSync(neighbours, circuits, new CommandMeters(registry));
        circuits.enter("functions", new ShopId(shop)).orElseThrow().failed();
        answering(Map.of("order", order("A2", "shipped", "水杯")));

        assertThat(sync.one(call(Language.ZH), OrderSync.Query.ONE_ORDER, Map.of("number", "A2")))
                .containsEntry("id", "A2");

        assertThat(asked).as("asked while the circuit was open").hasSize(1);
        assertThat(registry.get("xiaoer.circuit.refused").counter().count()).isEqualTo(1);
        assertThat(registry.get("xiaoer.bot.reads.repeated").counter().count()).isPositive();
    }

    @Test
    void anAnswerThatSaysNoIsNotAskedForAgain() {
        answering(Map.of());
        assertThatThrownBy(() -> orders.track(new OrderFunctions.Tracked("A9"), call(Language.ZH)))
                .isInstanceOf(CallFailed.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatMayNotBeDoneIsSaidInWords() {
        answering(Map.of(
                "permission", Map.of("allowed", false, "reason", "period_over", "paid", MONEY),
                "order", order("A2", "delivered", "水杯")));

        var chinese = afterSales.eligible(new AfterSaleFunctions.Wish("A2", "RETURN_REFUND"), call(Language.ZH));
        var english = changes.permits(new ChangeFunctions.Wish("A2", "ADDRESS"), call(Language.EN));

        assertThat(chinese.ok()).isFalse();
        assertThat(chinese.why()).isEqualTo("已超过可申请的期限");
        assertThat(chinese.refund()).isEqualTo("129.00 元");
        assertThat(chinese.title()).isEqualTo("水杯");
        assertThat(english.why()).isEqualTo("the time for it is over");
        assertThat(english.refund()).isEqualTo("129.00 CNY");
        assertThat(asked).extracting(each -> each.getString("action")).containsExactly("return_refund", "address");
    }

    @Test
    void anAfterSaleIsAskedForUnderTheKeyOfTheRunAndWaitedFor() {
        ending("applied", "", 2);

        var begun =
                afterSales.create(new AfterSaleFunctions.Begin("A2", "RETURN_REFUND", "SIZE", null), call(Language.ZH));

        assertThat(begun.no()).isEqualTo("77");
        assertThat(begun.pending()).isFalse();
        assertThat(begun.card()).containsEntry("order_id", "A2");
        var command = sent.getFirst();
        assertThat(command.path()).isEqualTo("after-sales");
        assertThat(command.key()).isEqualTo("s1:r1:after-sales");
        assertThat(java.net.URLDecoder.decode(command.shopper(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(user);
        assertThat(command.body().getString("kind")).isEqualTo("return_refund");
        assertThat(command.body().getString("reason")).isEqualTo("尺码不合适");
    }

    @Test
    void aRuleThatSaysNoIsARefusal() {
        ending("failed", "already_open", 1);

        assertThatThrownBy(() -> afterSales.create(
                        new AfterSaleFunctions.Begin("A2", "EXCHANGE", "我自己的话", "红色 L"), call(Language.ZH)))
                .isInstanceOfSatisfying(CallFailed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(CallFailed.Reason.REFUSED);
                    assertThat(failed.getMessage()).isEqualTo("already_open");
                });
        assertThat(sent.getFirst().body().getString("note")).isEqualTo("红色 L");
        assertThat(sent.getFirst().body().getString("reason")).isEqualTo("我自己的话");
    }

    @Test
    void aCommandThatCannotBeProcessedDidNotTakeEffect() {
        ending("compensating", "unknown_order", 1);

        assertThatThrownBy(() -> changes.cancel(new ChangeFunctions.Cancellation("A1", "SLOW"), call(Language.ZH)))
                .isInstanceOfSatisfying(
                        CallFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(CallFailed.Reason.UNAVAILABLE));
    }

    @Test
    void aCommandWhoseEndDoesNotComeInTimeIsPending() {
        ending("accepted", "", 0);

        var done = changes.changeAddress(
                new ChangeFunctions.Receiver("A1", " ", null, "杭州市文三路 1 号"), call(Duration.ofSeconds(3)));

        assertThat(done.pending()).isTrue();
        assertThat(done.no()).isEqualTo("77");
        assertThat(sent.getFirst().body().getJSONObject("receiver")).containsOnlyKeys("address");
    }

    @Test
    void aCommandThatTakesLongerThanItsFunctionMayIsPendingAndNotGivenUp() {
        ending("accepted", "", 0);
        var cancel = Objects.requireNonNull(functions.catalogue().get("order.cancel"));

        var done = functions.call(cancel, Map.of("order", Map.of("no", "A1")), call(Duration.ofSeconds(8)));

        assertThat(done).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("pending", true);
    }

    @Test
    void aCommandThatWasPerhapsTakenIsSentAgainUnderItsKey() {
        NEIGHBOURS.commands(call -> {
            sent.add(call);
            return sent.size() < 3
                    ? new CommandReply(sent.size() == 1 ? 503 : 409, Map.of())
                    : CommandReply.of(200, "77", "applied", "");
        });

        var done = changes.cancel(new ChangeFunctions.Cancellation("A1", "SLOW"), call(Language.ZH));

        assertThat(done.pending()).isFalse();
        assertThat(sent)
                .extracting(CommandCall::key)
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly("s1:r1:cancellations");
    }

    @Test
    void aKeyThatStandsForAnotherCommandLeavesItUnknownWhetherOneWasTaken() {
        NEIGHBOURS.commands(call -> {
            sent.add(call);
            return new CommandReply(422, Map.of("code", "idempotency_key_reused"));
        });

        assertThatThrownBy(() -> changes.cancel(new ChangeFunctions.Cancellation("A1", "SLOW"), call(Language.ZH)))
                .isInstanceOfSatisfying(
                        CallFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(CallFailed.Reason.UNAVAILABLE));
        assertThat(sent).as("it is not sent again").hasSize(1);
    }

    @Test
    void aGuestChangesNothing() {
        ending("applied", "", 1);
        var guest = new Call(
                new UserKey(new ShopId(shop), UserKey.Kind.GUEST, user),
                "s1",
                "s1:r1",
                Language.ZH,
                call(Language.ZH).deadline());

        assertThatThrownBy(() -> coupons.issue(new CouponFunctions.Issue(user, "sorry-5", "LATE"), guest))
                .isInstanceOfSatisfying(
                        CallFailed.class, failed -> assertThat(failed.reason()).isEqualTo(CallFailed.Reason.REFUSED));
        assertThat(sent).isEmpty();
    }

    @Test
    void anotherShoppersOrderIsNotFoundByACommandEither() {
        NEIGHBOURS.commands(call -> new CommandReply(404, Map.of("code", "not_found")));

        assertThatThrownBy(() -> changes.request(
                        new ChangeFunctions.Request("A9", "INVOICE", "小二科技", "9133", null), call(Language.ZH)))
                .isInstanceOfSatisfying(
                        CallFailed.class, failed -> assertThat(failed.reason()).isEqualTo(CallFailed.Reason.NOT_FOUND));
    }

    @Test
    void aCouponIsOfferedInWordsAndTheOneThatWasGivenIsShown() {
        answering(Map.of(
                "compensation",
                Map.of("allowed", true, "template_id", "sorry-5", "title", "补偿券", "value", money(500)),
                "coupons",
                List.of(
                        Map.of("id", "9", "template_id", "sorry-5", "title", "补偿券", "value", money(500)),
                        Map.of("id", "10", "template_id", "sorry-5", "title", "补偿券", "value", money(500)),
                        Map.of("id", "11", "template_id", "other", "title", "别的", "value", money(1)))));
        ending("applied", "", 1);

        var offer = coupons.policy(new CouponFunctions.Cause(user, null, "LATE"), call(Language.ZH));
        var given = coupons.issue(new CouponFunctions.Issue(user, "sorry-5", "LATE"), call(Language.ZH));

        assertThat(offer.ok()).isTrue();
        assertThat(offer.text()).isEqualTo("5.00 元「补偿券」");
        assertThat(offer.amount()).isEqualTo(500);
        assertThat(given.no()).isEqualTo("10");
        assertThat(sent.getFirst().body()).containsEntry("user_id", user).containsEntry("cause", "late");
    }

    private void answering(Map<String, Object> data) {
        NEIGHBOURS.orders(variables -> {
            asked.add(variables);
            return Map.of("data", data);
        });
    }

    /// Commands are accepted, and end so at the given look.
    private void ending(String state, String reason, int look) {
        var looks = new java.util.concurrent.atomic.AtomicInteger();
        NEIGHBOURS.commands(call -> {
            if (call.path().equals("77")) {
                boolean ended = look > 0 && looks.incrementAndGet() >= look;
                return CommandReply.of(200, "77", ended ? state : "accepted", ended ? reason : "");
            }
            sent.add(call);
            return CommandReply.of(202, "77", "accepted", "");
        });
    }

    private Call call(Language language) {
        return new Call(
                new UserKey(new ShopId(shop), UserKey.Kind.USER, user),
                "s1",
                "s1:r1",
                language,
                Deadline.in(Duration.ofSeconds(30), Clock.systemUTC()));
    }

    private Call call(Duration patience) {
        var whole = call(Language.ZH);
        return new Call(
                whole.buyer(),
                whole.sessionId(),
                whole.idempotencyKey(),
                whole.language(),
                Deadline.in(patience, Clock.systemUTC()));
    }

    private static Map<String, Object> money(long minor) {
        return Map.of("amount_minor", minor, "currency", "CNY");
    }

    private Map<String, Object> order(String id, String status, String... titles) {
        return Map.of(
                "id", id,
                "user_id", user,
                "status", status,
                "placed_at", "2026-11-01T08:00:00Z",
                "total", MONEY,
                "items",
                        java.util.Arrays.stream(titles)
                                .map(title -> Map.of("title", title))
                                .toList(),
                "shipments",
                        status.equals("paid")
                                ? List.of()
                                : List.of(Map.of(
                                        "carrier", "SF",
                                        "tracking_no", "9001",
                                        "status", "in_transit",
                                        "latest", Map.of("at", "2026-11-02T00:00:00Z", "text", "已到达杭州"))));
    }
}
