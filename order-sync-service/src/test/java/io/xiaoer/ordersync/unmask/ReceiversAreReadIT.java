package io.xiaoer.ordersync.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.CommandClient;
import io.xiaoer.ordersync.command.CommandWords;
import io.xiaoer.ordersync.order.Orders;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A receiver in clear: who is shown it, and what is known of that afterwards.
@OrderService
@ExtendWith(OutputCaptureExtension.class)
class ReceiversAreReadIT {

    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    @Autowired
    private Orders orders;

    @Autowired
    private CommandWords words;

    @Autowired
    private Unmasking unmasking;

    @Autowired
    private UnmaskMapper entries;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private SnowflakeIds ids;

    private final String shop = "u-" + UUID.randomUUID().toString().substring(0, 8);
    private final String id = MadeOrder.id();
    private final Map<String, Object> told = MadeOrder.order(id, "u", NOON);
    private ServiceClient merchant;
    private ServiceClient reader;

    @BeforeEach
    void anOrder() {
        merchant = new ServiceClient(port, TestIssuers.merchant(shop));
        reader = new ServiceClient(port, TestIssuers.unmasker(shop));
        assertThat(merchant.put(path(), told).status()).isEqualTo(201);
    }

    @Test
    void whoHasTheScopeAndAReasonReadsWhatWasToldAndTheShopSeesIt(CapturedOutput output) {
        var shown = reader.post(
                path() + "/unmask", Map.of("reason", "the courier cannot find the house", "on_behalf_of", "lin.mei"));

        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        assertThat(shown.attributes()).isEqualTo(ServiceClient.tree(MadeOrder.field(told, "receiver")));
        assertThat(shown.json().at("/data/type").asString()).isEqualTo("receiver");
        assertThat(shown.json().at("/data/id").asString()).isEqualTo(id);
        assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
        var seen = merchant.get("/api/v1/unmasks?order_id=" + id).json().at("/data");
        assertThat(seen.size()).isEqualTo(1);
        assertThat(seen.path(0).path("id").asString())
                .isEqualTo(shown.json().at("/meta/unmask_id").asString());
        var entry = seen.path(0).path("attributes");
        assertThat(entry.path("order_id").asString()).isEqualTo(id);
        assertThat(entry.path("actor").asString()).isEqualTo("unmask-" + shop);
        assertThat(entry.path("client_id").asString()).isEqualTo("unmask-" + shop);
        assertThat(entry.path("on_behalf_of").asString()).isEqualTo("lin.mei");
        assertThat(entry.path("reason").asString()).isEqualTo("the courier cannot find the house");
        assertThat(entry.path("fields").valueStream().map(field -> field.asString()))
                .containsExactly("name", "phone", "address");
        assertThat(entry.path("request_id").asString())
                .isEqualTo(shown.json().at("/meta/request_id").asString());
        assertThat(Instant.parse(entry.path("done_at").asString())).isAfter(NOON);
        assertThat(output.getAll()).contains("A receiver was read in clear").doesNotContain(MadeOrder.secrets(told));
        assertThat(merchant.get(path()).text()).contains("****").doesNotContain(MadeOrder.secrets(told));
    }

    @Test
    void aReadingIsNotedUnderTheOrdersOwnId() {
        var shown = reader.post(path() + "%20/unmask", Map.of("reason", "call back", "on_behalf_of", "lin.mei "));

        assertThat(shown.json().at("/data/id").asString()).isEqualTo(id);
        var entry = merchant.get("/api/v1/unmasks?order_id=" + id).json().at("/data/0/attributes");
        assertThat(entry.path("order_id").asString()).isEqualTo(id);
        assertThat(entry.path("on_behalf_of").asString()).isEqualTo("lin.mei");
    }

    @Test
    void onlyTheFieldsThatAreNamedAreShownAndNoted() {
        var shown = reader.post(path() + "/unmask", Map.of("reason", "call back", "fields", List.of("phone", "phone")));

        assertThat(shown.attributes().size()).isEqualTo(1);
        assertThat(shown.attributes().path("phone").asString())
                .isEqualTo(ServiceClient.tree(MadeOrder.field(told, "receiver"))
                        .path("phone")
                        .asString());
        assertThat(merchant.get("/api/v1/unmasks?order_id=" + id)
                        .json()
                        .at("/data/0/attributes/fields")
                        .toString())
                .isEqualTo("[\"phone\"]");
    }

    @Test
    void whatWasWrittenIntoACommandIsReadByTheScopeAloneAndNoted(CapturedOutput output) {
        var backend = new CommandClient(port, shop);
        var secret = "w-" + UUID.randomUUID();
        var command = backend.accepted(
                "after-sales",
                "{\"order_id\":\"%s\",\"kind\":\"refund\",\"reason\":\"r %s\",\"note\":\"n %s\"}"
                        .formatted(id, secret, secret));
        var path = "/api/v1/commands/" + command + "/unmask";
        var why = Map.of("reason", "the case is judged", "on_behalf_of", "lin.mei");

        assertThat(merchant.post(path, why).status()).isEqualTo(403);
        assertThat(new ServiceClient(port, TestIssuers.unmasker(shop + "x"))
                        .post(path, why)
                        .status())
                .isEqualTo(404);
        assertThat(reader.post(path, Map.of("reason", " ")).status()).isEqualTo(400);
        assertThat(noted()).isZero();
        var shown = reader.post(path, why);

        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
        assertThat(shown.json().at("/data/type").asString()).isEqualTo("command_words");
        assertThat(shown.attributes().path("reason").asString()).isEqualTo("r " + secret);
        assertThat(shown.attributes().path("note").asString()).isEqualTo("n " + secret);
        var entry = merchant.get("/api/v1/unmasks?order_id=" + id).json().at("/data/0");
        assertThat(entry.path("id").asString())
                .isEqualTo(shown.json().at("/meta/unmask_id").asString());
        assertThat(entry.at("/attributes/command_id").asString()).isEqualTo(command);
        assertThat(entry.at("/attributes/reason").asString()).isEqualTo("the case is judged");
        assertThat(entry.at("/attributes/fields").valueStream().map(field -> field.asString()))
                .containsExactly("reason", "note");
        assertThat(merchant.get("/api/v1/commands/" + command).text()).doesNotContain(secret);
        assertThat(output.getAll())
                .contains("The words of a command were read in clear")
                .doesNotContain(secret);
    }

    @Test
    void aCommandAboutNoOrderHasNoWords() {
        var lock = new CommandClient(port, shop)
                .accepted("inventory-locks", "{\"sku\":\"s\",\"quantity\":1,\"ttl_s\":60}");

        for (var command : List.of(lock, "0", "x", "729174210123456789")) {
            assertThat(reader.post("/api/v1/commands/" + command + "/unmask", Map.of("reason", "r"))
                            .status())
                    .as(command)
                    .isEqualTo(404);
        }
        assertThat(noted()).isZero();
    }

    @Test
    void withoutTheScopeNothingIsShown() {
        var body = Map.of("reason", "curious");
        for (var token : List.of(
                TestIssuers.merchant(shop),
                TestIssuers.agent(shop, "lin"),
                TestIssuers.ops(),
                TestIssuers.chat(shop, "u"),
                // A scope that its issuer may not give does not count.
                TestIssuers.sign(
                        TestIssuers.suiteClaims(shop, "u", "chat unmask").build()))) {
            var caller = new ServiceClient(port, token);
            assertThat(caller.post(path() + "/unmask", body).status()).isEqualTo(403);
            assertThat(caller.post(path() + "/unmask;x=1", body).status()).isEqualTo(403);
        }
        assertThat(new ServiceClient(port, null).post(path() + "/unmask", body).status())
                .isEqualTo(401);
        assertThat(new ServiceClient(port, TestIssuers.unmasker(shop + "x"))
                        .post(path() + "/unmask", body)
                        .status())
                .isEqualTo(404);
        assertThat(noted()).isZero();
    }

    @Test
    void theScopeAloneOpensNothingElse() {
        assertThat(reader.get(path()).status()).isEqualTo(403);
        assertThat(reader.get("/api/v1/unmasks").status()).isEqualTo(403);
    }

    @Test
    void withoutAReasonOrWithAFieldThatIsNotThereItIsABadRequest() {
        for (var body : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("reason", "  "),
                Map.of("reason", "x".repeat(501)),
                Map.of("reason", "r", "fields", List.of()),
                Map.of("reason", "r", "fields", Collections.singletonList(null)),
                Map.of("reason", "r", "fields", List.of("id_number")),
                Map.of("reason", "r", "on_behalf_of", "x".repeat(65)))) {
            var refused = reader.post(path() + "/unmask", body);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().path("errors").size()).as(refused.text()).isPositive();
        }
        assertThat(noted()).isZero();
    }

    @Test
    void anOrderThatIsSentToNobodyShowsNothingAndIsNoted() {
        var bare = MadeOrder.order(MadeOrder.id(), "u", NOON);
        bare.remove("receiver");
        var address = "/api/v1/orders/" + MadeOrder.field(bare, "order_id");
        assertThat(merchant.put(address, bare).status()).isEqualTo(201);

        var shown = reader.post(address + "/unmask", Map.of("reason", "r"));

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.attributes().isEmpty()).isTrue();
        assertThat(merchant.get("/api/v1/unmasks")
                        .json()
                        .at("/data/0/attributes/fields")
                        .size())
                .isZero();
    }

    @Test
    void whoReadsTooMuchWithinAnHourIsRefusedAndNobodyElse() {
        var hour = LocalDateTime.ofInstant(Instant.now().minus(Duration.ofMinutes(50)), ZoneOffset.UTC);
        database.sql("INSERT INTO unmask (shop_id, id, order_id, actor, fields, reason, request_id, done_at)"
                        + " SELECT ?, seq, ?, ?, '', 'r', '', ? FROM seq_1_to_200")
                .params(shop, id, "unmask-" + shop, hour)
                .update();

        var refused = reader.post(path() + "/unmask", Map.of("reason", "one more"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 601);
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"unmask\";q=200;w=3600");
        assertThat(noted()).isEqualTo(200);
        var colleague = TestIssuers.organisationClaims("desk", "unmask")
                .claim("shop_id", shop)
                .build();
        assertThat(new ServiceClient(port, TestIssuers.sign(colleague))
                        .post(path() + "/unmask", Map.of("reason", "mine"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatCannotBeNotedIsNotShown(@Autowired Clock clock) {
        var broken = (UnmaskMapper) Proxy.newProxyInstance(
                UnmaskMapper.class.getClassLoader(),
                new Class<?>[] {UnmaskMapper.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("insert")) {
                        throw new RecoverableDataAccessException("away for this test");
                    }
                    return method.invoke(entries, arguments);
                });
        MeterRegistry registry = new SimpleMeterRegistry();
        var blind = new Unmasking(
                orders,
                words,
                broken,
                new UnmaskSettings(200, Duration.ofDays(180)),
                new UnmaskMeters(registry),
                transaction,
                ids,
                clock);
        var caller = new Caller(new ShopId(shop), "desk", Set.of("unmask"), null);

        assertThatThrownBy(() -> blind.show(caller, id, new UnmaskWish("r", null, null)))
                .isInstanceOf(RecoverableDataAccessException.class);
        assertThat(registry.get("xiaoer.unmask")
                        .tag("outcome", "shown")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void readingsAreListedPageByPageAndToTheirShopAlone() {
        for (int reading = 0; reading < 3; reading++) {
            reader.post(path() + "/unmask", Map.of("reason", "r" + reading));
        }

        var first = merchant.get("/api/v1/unmasks?limit=2").json();
        var second = merchant.get("/api/v1/unmasks?limit=2&before="
                        + first.at("/meta/next_before").asString())
                .json();

        assertThat(first.at("/data/0/attributes/reason").asString()).isEqualTo("r2");
        assertThat(first.at("/data/1/attributes/reason").asString()).isEqualTo("r1");
        assertThat(second.at("/data/0/attributes/reason").asString()).isEqualTo("r0");
        assertThat(second.at("/data").size()).isEqualTo(1);
        assertThat(new ServiceClient(port, TestIssuers.merchant(shop + "x"))
                        .get("/api/v1/unmasks?order_id=" + id)
                        .json()
                        .at("/data")
                        .size())
                .isZero();
        assertThat(merchant.get("/api/v1/unmasks?limit=201").status()).isEqualTo(400);
        assertThat(merchant.get("/api/v1/unmasks?before=x").status()).isEqualTo(400);
    }

    @Test
    void aReadingIsKnownForItsTimeAndThenForgotten() {
        reader.post(path() + "/unmask", Map.of("reason", "r"));
        database.sql("INSERT INTO unmask (shop_id, id, order_id, actor, fields, reason, request_id, done_at)"
                        + " VALUES (?, 1, ?, 'long ago', '', 'r', '', UTC_TIMESTAMP(6) - INTERVAL 1096 DAY)")
                .params(shop, id)
                .update();
        assertThat(noted()).isEqualTo(2);

        unmasking.sweep();

        assertThat(noted()).isEqualTo(1);
    }

    @Test
    void aBoundThatIsNoneIsNamed() {
        assertThatThrownBy(() -> new UnmaskSettings(0, Duration.ofDays(200))).hasMessageContaining("per-hour");
        assertThatThrownBy(() -> new UnmaskSettings(1, Duration.ofDays(30))).hasMessageContaining("kept");
    }

    private String path() {
        return "/api/v1/orders/" + id;
    }

    private long noted() {
        return database.sql("SELECT COUNT(*) FROM unmask WHERE shop_id = ?")
                .param(shop)
                .query(Long.class)
                .single();
    }
}
