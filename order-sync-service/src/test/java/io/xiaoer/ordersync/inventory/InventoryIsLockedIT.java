package io.xiaoer.ordersync.inventory;

import static io.xiaoer.ordersync.command.CommandClient.PATIENCE;
import static io.xiaoer.ordersync.command.CommandClient.atOnce;
import static io.xiaoer.ordersync.command.CommandClient.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandClient;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandTopics;
import io.xiaoer.ordersync.command.RetentionSettings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Inventory locks by command: all or nothing, never below zero, ended once.
@OrderService
class InventoryIsLockedIT {
    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    @Autowired
    private InventoryMapper mapper;

    @Autowired
    private LockStock lockStock;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private SnowflakeIds ids;

    @Autowired
    private Clock clock;

    private final String sku = "sku-" + UUID.randomUUID();
    private final String shopName = "i-" + UUID.randomUUID().toString().substring(0, 8);
    private final ShopId shop = new ShopId(shopName);
    private final CommandTopics topics = new CommandTopics();
    private CommandClient merchant;
    private CommandClient stranger;

    @BeforeEach
    void callers() {
        merchant = new CommandClient(port, shopName);
        stranger = new CommandClient(port, shopName + "x");
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    @Test
    void aLockTakesWhatIsAvailableAndAReleaseGivesItBackOnce() {
        assertThat(onHand(10).status()).isEqualTo(201);
        assertThat(onHand(10).status()).isEqualTo(200);

        var lock = merchant.accepted("inventory-locks", lockOf(4, 600));
        assertThat(merchant.awaitEnd(lock)).isEqualTo("applied");
        assertThat(stock()).containsExactly(10L, 4L, 6L);
        var release = merchant.accepted("inventory-releases", releaseOf(lock));
        assertThat(merchant.awaitEnd(release)).isEqualTo("applied");
        assertThat(stock()).containsExactly(10L, 0L, 10L);
        var again = merchant.accepted("inventory-releases", releaseOf(lock));

        assertThat(merchant.awaitEnd(again)).isEqualTo("failed");
        assertThat(merchant.reason(again)).isEqualTo("already_released");
        assertThat(stock()).containsExactly(10L, 0L, 10L);
    }

    @Test
    void anArticleIsNamedWithoutTheBlanksAtItsEnd() {
        var put = merchant.put("/inventory/" + sku + "%20", "{\"on_hand\":3}");

        assertThat(put.status()).as(put.toString()).isEqualTo(201);
        assertThat(put.json("data", "id").asString()).isEqualTo(sku);
        assertThat(onHand(3).status()).isEqualTo(200);
    }

    @Test
    void anArticleThatIsToldByManyAtOnceIsMadeOnce() {
        for (int round = 0; round < 5; round++) {
            var article = "/inventory/" + sku + "-" + round;
            var answers = atOnce(8, number -> merchant.put(article, "{\"on_hand\":" + number + "}"));

            assertThat(answers)
                    .extracting(HttpCall.Reply::status)
                    .containsOnlyOnce(201)
                    .containsOnly(200, 201);
        }
    }

    @Test
    void theOutcomeIsTold() {
        onHand(1);
        var lock = merchant.accepted("inventory-locks", lockOf(1, 600));

        await().atMost(PATIENCE).until(() -> topics.events(lock).size() == 1);
        var event = topics.events(lock).getFirst();
        assertThat(event.type()).isEqualTo("command.applied");
        assertThat(event.userId()).isNull();
        assertThat(event.body()).isEqualTo(Map.of("kind", "inventory_lock", "status", "applied"));
    }

    @Test
    void aKeyUsedAgainLocksOnce() {
        onHand(10);
        var key = key();
        var lock = CommandClient.id(merchant.post("inventory-locks", key, lockOf(3, 600)));
        merchant.awaitStatus(lock, "applied");

        var again = merchant.post("inventory-locks", key, lockOf(3, 600));
        var other = merchant.post("inventory-locks", key, lockOf(4, 600));
        var record = EventJson.decode(
                topics.awaitOne(Topic.COMMERCE_COMMAND.topic(), lock).value(), CommerceCommand.class);
        topics.again(record, Map.of());
        var later = merchant.accepted("inventory-locks", lockOf(1, 600));

        assertThat(CommandClient.id(again)).isEqualTo(lock);
        assertThat(other.status()).isEqualTo(422);
        merchant.awaitStatus(later, "applied");
        assertThat(stock()).containsExactly(10L, 4L, 6L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inventory-locks    | {"sku":"s","quantity":0,"ttl_s":60}       | quantity
            inventory-locks    | {"sku":"s","quantity":-1,"ttl_s":60}      | quantity
            inventory-locks    | {"sku":"s","quantity":1000001,"ttl_s":60} | quantity
            inventory-locks    | {"sku":"s","quantity":1.5,"ttl_s":60}     | quantity
            inventory-locks    | {"sku":"s","quantity":"few","ttl_s":60}   | quantity
            inventory-locks    | {"sku":"s","ttl_s":60}                    | quantity
            inventory-locks    | {"sku":"s","quantity":1,"ttl_s":0}        | ttl_s
            inventory-locks    | {"sku":"s","quantity":1,"ttl_s":604801}   | ttl_s
            inventory-locks    | {"sku":"s","quantity":1}                  | ttl_s
            inventory-locks    | {"sku":" ","quantity":1,"ttl_s":60}       | sku
            inventory-locks    | {"quantity":1,"ttl_s":60}                 | sku
            inventory-releases | {"lock_id":"-1"}                          | lock_id
            inventory-releases | {"lock_id":"abc"}                         | lock_id
            inventory-releases | {"lock_id":"0"}                           | lock_id
            inventory-releases | {"lock_id":0}                             | lock_id
            inventory-releases | {"lock_id":"007"}                         | lock_id
            inventory-releases | {"lock_id":""}                            | lock_id
            inventory-releases | {"lock_id":"9223372036854775808"}         | lock_id
            inventory-releases | {}                                        | lock_id
            """)
    void badInputIsRefusedAndUsesNoKeyUp(String kind, String body, String field) {
        var key = key();

        var refused = merchant.post(kind, key, body);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json("code").asString()).isEqualTo("invalid_request");
        assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo(field);
        assertThat(merchant.post("inventory-locks", key, lockOf(1, 60)).status())
                .isEqualTo(202);
    }

    @Test
    void aCommandNeedsAKeyAndWhatIsOnHandIsNoNegativeNumber() {
        var missing = HttpCall.post(merchant.url("/commands/inventory-locks"))
                .bearer(TestIssuers.merchant(shopName))
                .json(lockOf(1, 60))
                .send();

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json("code").asString()).isEqualTo("idempotency_key_missing");
        assertThat(onHand(-1).status()).isEqualTo(400);
        assertThat(merchant.put("/inventory/" + sku, "{}").status()).isEqualTo(400);
        assertThat(merchant.get("/inventory/" + sku).status()).isEqualTo(404);
    }

    @Test
    void moreThanIsLeftIsRefusedWholeAndHasNothingToRelease() {
        onHand(5);
        var lock = merchant.accepted("inventory-locks", lockOf(6, 600));

        assertThat(merchant.awaitEnd(lock)).isEqualTo("failed");
        assertThat(merchant.reason(lock)).isEqualTo("out_of_stock");
        assertThat(stock()).containsExactly(5L, 0L, 5L);
        var release = merchant.accepted("inventory-releases", releaseOf(lock));
        assertThat(merchant.awaitEnd(release)).isEqualTo("failed");
        assertThat(merchant.reason(release)).isEqualTo("never_locked");
    }

    @Test
    void anUnknownArticleIsCompensatedUntilAReplayLocksItOnce() {
        var lock = merchant.accepted("inventory-locks", lockOf(2, 600));
        merchant.awaitStatus(lock, "compensating");
        var letter = topics.awaitOne(Topic.COMMERCE_COMMAND.deadLetter(), lock);
        assertThat(CommandTopics.header(letter, DeadLetters.REASON)).isEqualTo("unknown_sku");
        var record = EventJson.decode(letter.value(), CommerceCommand.class);
        onHand(5);

        topics.again(record, Map.of(DeadLetters.REPLAY_OF, "81"));
        topics.again(record, Map.of(DeadLetters.REPLAY_OF, "81"));

        merchant.awaitStatus(lock, "applied");
        await().atMost(PATIENCE).until(() -> topics.events(lock).size() == 2);
        assertThat(stock()).containsExactly(5L, 2L, 3L);
    }

    @Test
    void anUnknownLockIsCompensated() {
        var release = merchant.accepted("inventory-releases", releaseOf(ids.next()));

        merchant.awaitStatus(release, "compensating");
        assertThat(merchant.reason(release)).isEqualTo("unknown_lock");
    }

    @Test
    void aReleaseIsAppliedAfterItsLockHoweverSoonItIsSent() {
        onHand(100);

        var releases = Stream.generate(() -> merchant.accepted("inventory-locks", lockOf(2, 600)))
                .limit(12)
                .map(lock -> merchant.accepted("inventory-releases", releaseOf(lock)))
                .toList();

        assertThat(releases.stream().map(merchant::awaitEnd)).containsOnly("applied");
        assertThat(stock()).containsExactly(100L, 0L, 100L);
    }

    @Test
    void manyCommandsAtOnceShareTheLastOnesExactly() {
        onHand(5);

        var locks = atOnce(12, number -> merchant.accepted("inventory-locks", lockOf(1, 600)));

        var ends = locks.stream().map(merchant::awaitEnd).toList();
        assertThat(ends.stream().filter("applied"::equals)).hasSize(5);
        assertThat(ends.stream().filter("failed"::equals)).hasSize(7);
        assertThat(stock()).containsExactly(5L, 5L, 0L);
    }

    @Test
    void manyThreadsNeverLockMoreThanThereIs() {
        onHand(50);

        // No more threads than the pool has connections.
        long taken = atOnce(
                        4,
                        thread -> IntStream.range(0, 10)
                                .mapToLong(number -> appliedHere(1 + (thread + number) % 3))
                                .sum())
                .stream()
                .mapToLong(Long::longValue)
                .sum();

        assertThat(taken).isBetween(48L, 50L);
        assertThat(stock()).containsExactly(50L, taken, 50 - taken);
        assertThat(database.sql("SELECT SUM(quantity) FROM inventory_lock WHERE shop_id = ? AND sku = ?")
                        .params(shopName, sku)
                        .query(Long.class)
                        .single())
                .isEqualTo(taken);
    }

    @Test
    void aLockEndsByItsTimeAndCannotBeReleasedThen() {
        onHand(9);
        var brief = merchant.accepted("inventory-locks", lockOf(3, 1));
        var lasting = merchant.accepted("inventory-locks", lockOf(2, 600));
        merchant.awaitStatus(brief, "applied");
        merchant.awaitStatus(lasting, "applied");

        await().atMost(PATIENCE).until(() -> stock().equals(List.of(9L, 2L, 7L)));

        var release = merchant.accepted("inventory-releases", releaseOf(brief));
        assertThat(merchant.awaitEnd(release)).isEqualTo("failed");
        assertThat(merchant.reason(release)).isEqualTo("lock_expired");
        assertThat(stock()).containsExactly(9L, 2L, 7L);
    }

    @Test
    void instancesThatSweepAtOnceReturnEachLockOnce() {
        onHand(2000);
        var lasting = merchant.accepted("inventory-locks", lockOf(7, 600));
        merchant.awaitStatus(lasting, "applied");
        long overdue = overdueLocks(60);
        var sweepers = List.of(sweeper(), sweeper());

        await().atMost(PATIENCE).until(() -> {
            atOnce(4, number -> {
                sweepers.get(number % 2).sweep();
                return number;
            });
            return held() == 1;
        });

        assertThat(overdue).isPositive();
        assertThat(stock()).containsExactly(2000L, 7L, 1993L);
    }

    @Test
    void aLockWhoseStockCannotBeReturnedStaysHeld() {
        onHand(5);
        var id = ids.next();
        insertLock(id, 3, Instant.parse("2020-01-01T00:00:00Z"));

        sweeper().sweep();

        assertThat(held()).as("an end without its return would lose stock").isEqualTo(1);
        database.sql("UPDATE inventory SET locked = 3 WHERE shop_id = ? AND sku = ?")
                .params(shopName, sku)
                .update();
        await().atMost(PATIENCE).until(() -> stock().equals(List.of(5L, 0L, 5L)));
        assertThat(held()).isZero();
    }

    @Test
    void whatIsAvailableIsNeverShownBelowZero() {
        onHand(5);
        merchant.awaitStatus(merchant.accepted("inventory-locks", lockOf(4, 600)), "applied");

        onHand(3);

        assertThat(stock()).containsExactly(3L, 4L, 0L);
        var refused = merchant.accepted("inventory-locks", lockOf(1, 600));
        assertThat(merchant.awaitEnd(refused)).isEqualTo("failed");
    }

    @Test
    void anotherShopSeesAndReleasesNothing() {
        onHand(5);
        var lock = merchant.accepted("inventory-locks", lockOf(2, 600));
        merchant.awaitStatus(lock, "applied");

        assertThat(stranger.get("/inventory/" + sku).status()).isEqualTo(404);
        assertThat(stranger.get("/commands/" + lock).status()).isEqualTo(404);
        var theirLock = stranger.accepted("inventory-locks", lockOf(1, 600));
        var theirRelease = stranger.accepted("inventory-releases", releaseOf(lock));

        stranger.awaitStatus(theirLock, "compensating");
        stranger.awaitStatus(theirRelease, "compensating");
        assertThat(stock()).containsExactly(5L, 2L, 3L);
        assertThat(HttpCall.get(merchant.url("/inventory/" + sku))
                        .bearer(TestIssuers.agent(shopName, "a-1"))
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aLockThatEndedIsForgottenAfterItsTimeAndOneThatIsHeldIsNot() {
        onHand(5);
        var ended = ids.next();
        // Just now, so that the service's own sweep leaves it alone.
        var end = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        database.sql("INSERT INTO inventory_lock (shop_id, id, sku, quantity, status, expires_at, ended_at)"
                        + " VALUES (?, ?, ?, 1, 'RELEASED', ?, ?)")
                .params(shopName, ended, sku, Timestamp.from(end), Timestamp.from(end))
                .update();
        var held = merchant.accepted("inventory-locks", lockOf(2, 600));
        merchant.awaitStatus(held, "applied");
        var settings = new RetentionSettings(Duration.ofDays(180), Duration.ofDays(30), Duration.ofDays(180));
        var due = end.plus(settings.locks());

        new LockRetention(mapper, settings, Clock.fixed(due, ZoneOffset.UTC)).sweep();
        assertThat(isKept(ended)).isTrue();
        new LockRetention(mapper, settings, Clock.fixed(due.plusSeconds(1), ZoneOffset.UTC)).sweep();

        assertThat(isKept(ended)).isFalse();
        assertThat(isKept(held)).isTrue();
        assertThat(stock()).containsExactly(5L, 2L, 3L);
    }

    /// How much a command for so many took when it was applied in this thread.
    private long appliedHere(int quantity) {
        var asked = new Asked(
                shop, ids.next(), Instant.now(), null, Map.of("sku", sku, "quantity", quantity, "ttl_s", 600));
        var result = Tenant.call(
                shop, () -> new TransactionTemplate(transactions).execute(status -> lockStock.apply(asked)));
        return Objects.requireNonNull(result) instanceof CommandResult.Applied ? quantity : 0;
    }

    private LockExpiry sweeper() {
        return new LockExpiry(mapper, transactions, clock, new InventoryMeters(new SimpleMeterRegistry()));
    }

    /// Locks whose time is over, with what they hold counted as locked; all at one moment for every sweeper.
    private long overdueLocks(int number) {
        return Objects.requireNonNull(new TransactionTemplate(transactions).execute(status -> {
            long sum = 0;
            for (int each = 1; each <= number; each++) {
                insertLock(ids.next(), each, Instant.parse("2020-01-01T00:00:00Z"));
                sum += each;
            }
            database.sql("UPDATE inventory SET locked = locked + ? WHERE shop_id = ? AND sku = ?")
                    .params(sum, shopName, sku)
                    .update();
            return sum;
        }));
    }

    private void insertLock(String id, long quantity, Instant end) {
        database.sql("INSERT INTO inventory_lock (shop_id, id, sku, quantity, status, expires_at)"
                        + " VALUES (?, ?, ?, ?, 'HELD', ?)")
                .params(shopName, id, sku, quantity, Timestamp.from(end))
                .update();
    }

    private boolean isKept(String id) {
        return database.sql("SELECT COUNT(*) FROM inventory_lock WHERE shop_id = ? AND id = ?")
                        .params(shopName, id)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private int held() {
        return database.sql("SELECT COUNT(*) FROM inventory_lock WHERE shop_id = ? AND status = 'HELD'")
                .params(shopName)
                .query(Integer.class)
                .single();
    }

    private HttpCall.Reply onHand(long number) {
        return merchant.put("/inventory/" + sku, "{\"on_hand\":" + number + "}");
    }

    private List<Long> stock() {
        var shown = merchant.get("/inventory/" + sku);
        return Stream.of("on_hand", "locked", "available")
                .map(name -> shown.json("data", "attributes", name).asLong())
                .toList();
    }

    private String lockOf(int quantity, int seconds) {
        return "{\"sku\":\"%s\",\"quantity\":%d,\"ttl_s\":%d}".formatted(sku, quantity, seconds);
    }

    private static String releaseOf(String lock) {
        return "{\"lock_id\":\"%s\"}".formatted(lock);
    }
}
