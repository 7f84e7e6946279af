package io.xiaoer.session.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.core.sync.RequestBody;

/// Backups over a real database and a real store that speaks S3.
@SessionServiceTest
class BackupIT {

    private static final S3Server S3 = new S3Server();
    /// Tables that need no backup, since they are filled from elsewhere or mean nothing in another database.
    private static final Set<String> LEFT_OUT = Set.of(
            "flyway_schema_history", "outbox", "outbox_lease", "archive_offset", "audit_entry", "node_lease", "canary");

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RoamingRows rows;

    @Autowired
    private BackupRun run;

    @Autowired
    private RestoreRun restore;

    @Autowired
    private BackupMeters meters;

    @Autowired
    private MeterRegistry registry;

    @TempDir
    private Path directory;

    @DynamicPropertySource
    static void target(DynamicPropertyRegistry registry) {
        registry.add("xiaoer.backup.target", () -> "s3://" + S3Server.BUCKET + "/suite/one");
        registry.add("xiaoer.backup.endpoint", S3::endpoint);
        registry.add("xiaoer.backup.access-key", () -> "key");
        registry.add("xiaoer.backup.secret-key", () -> "secret");
        // The tests say when.
        registry.add("xiaoer.backup.poll", () -> "1h");
    }

    @AfterAll
    static void stop() {
        S3.close();
    }

    @Test
    void anEmptiedDatabaseGetsTheLogBackAsItWas() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        for (int i = 0; i < 12; i++) {
            shopper.say(sid, "第" + i + "句 \\\"quoted\\\" 😀");
        }
        assertThat(shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/rating")
                        .json("{\"score\":5}")
                        .send()
                        .status())
                .isEqualTo(200);
        awaitArchived(shopper, 12);
        jdbc.update(
                "INSERT INTO session_draft (shop_id, session_id, nonce, id, body, made_at) VALUES (?, ?, 'n', 1, '{}', ?)",
                shopper.shop(),
                sid,
                Instant.now().toEpochMilli());
        var before = shopper.read(sid, "?limit=200").json("data").toString();

        var made = operator("POST", "").send();
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.json("data", "attributes", "rows", "message").asLong()).isGreaterThanOrEqualTo(12);
        empty(shopper);
        assertThat(shopper.read(sid, "").status()).isEqualTo(404);

        var name = made.json("data", "id").asString();
        var restored = operator("POST", "/" + name + "/restore").send();
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.json("meta", "whole").asBoolean()).isTrue();
        assertThat(restored.json("data", "attributes", "present")).isEqualTo(made.json("data", "attributes", "rows"));
        await().untilAsserted(() -> assertThat(
                        shopper.read(sid, "?limit=200").json("data").toString())
                .isEqualTo(before));
        assertThat(count("session_rating", shopper)).isEqualTo(1);
        assertThat(count("session_draft", shopper)).isEqualTo(1);

        // The log goes on where it was, and a restore again changes nothing of it.
        var next = shopper.say(sid, "and on");
        assertThat(operator("POST", "/" + name + "/restore")
                        .send()
                        .json("meta", "whole")
                        .asBoolean())
                .isTrue();
        assertThat(shopper.ids(sid, "?limit=200")).hasSize(13).endsWith(next);
    }

    @Test
    void whoHasAnotherSessionByNowGetsTheOldOneBackAsClosed() {
        var shopper = Shopper.alone(port);
        var old = shopper.session();
        shopper.say(old, "before");
        awaitArchived(shopper, 1);
        var name = operator("POST", "").send().json("data", "id").asString();
        empty(shopper);
        var young = shopper.session();

        assertThat(operator("POST", "/" + name + "/restore")
                        .send()
                        .json("meta", "whole")
                        .asBoolean())
                .isTrue();

        assertThat(young).isNotEqualTo(old);
        assertThat(owner(shopper, old)).isEqualTo("closed");
        assertThat(owner(shopper, young)).isEqualTo("bot");
    }

    @Test
    void whatWasErasedSinceDoesNotComeBack() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        shopper.say(sid, "a secret");
        String id = "g-" + UUID.randomUUID();
        var guest = new Shopper(shopper.base(), shopper.shop(), id, TestIssuers.guest(shopper.shop(), id));
        var guests = guest.session();
        guest.say(guests, "as a guest");
        shopper.call("PATCH", "/api/v1/bot/sessions/" + guests)
                .json("{\"guest_token\":\"" + guest.token() + "\"}")
                .send();
        assertThat(shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/rating")
                        .json("{\"score\":1,\"comment\":\"my name is Li\"}")
                        .send()
                        .status())
                .isEqualTo(200);
        var neighbour = Shopper.in(shopper.base(), shopper.shop());
        var theirs = neighbour.say(neighbour.session(), "mine comes back");
        awaitArchived(shopper, 3);
        var name = operator("POST", "").send().json("data", "id").asString();
        assertThat(HttpCall.of("DELETE", shopper.base() + "/api/v1/users/" + shopper.id())
                        .bearer(TestIssuers.merchant(shopper.shop()))
                        .send()
                        .status())
                .isEqualTo(200);
        jdbc.update("DELETE FROM message WHERE shop_id = ?", shopper.shop());

        var restored = operator("POST", "/" + name + "/restore").send();

        assertThat(restored.json("meta", "whole").asBoolean())
                .as(restored.toString())
                .isTrue();
        assertThat(restored.json("data", "attributes", "left_out", "message").asLong())
                .isGreaterThanOrEqualTo(2);
        assertThat(shopper.call("GET", "/api/v1/bot/sessions/" + sid).send().status())
                .isEqualTo(404);
        var mine = neighbour.session();
        assertThat(neighbour.ids(mine, "")).containsExactly(theirs);
        for (var table : List.of("message", "session")) {
            assertThat(jdbc.queryForList(
                            "SELECT DISTINCT user_id FROM " + table + " WHERE shop_id = ?",
                            String.class,
                            shopper.shop()))
                    .as(table)
                    .containsExactly(neighbour.key().name());
        }
        assertThat(count("session_rating", shopper)).isZero();
        assertThat(count("guest_alias", shopper)).isZero();
    }

    @Test
    void theOtherServicesAreToldOfShopsThatCameBack() {
        var shopper = Shopper.alone(port);
        var store = new DirectoryStore(directory);
        run.make(store, "2026-11-25", () -> {});
        jdbc.update("DELETE FROM shop WHERE shop_id = ?", shopper.shop());
        jdbc.update("DELETE FROM outbox WHERE record_key = ?", shopper.shop());

        assertThat(restore.restore(store, "2026-11-25", () -> {}).isWhole()).isTrue();

        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM outbox WHERE topic = 'shop.settings' AND record_key = ?",
                        Long.class,
                        shopper.shop()))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{}",
                "{\"format\":1,\"complete\":true}",
                "{\"format\":1,\"name\":\"n\",\"started_at\":\"2026-11-25T00:00:00Z\",\"since\":"
                        + "\"2026-11-18T00:00:00Z\",\"complete\":true,\"parts\":[{\"object\":\"00001-a.ndjson.gz\","
                        + "\"rows\":1,\"sha256\":\"00\",\"table\":\"SOMETHING\"}]}",
                "{\"format\":1,\"name\":\"n\",\"started_at\":\"2026-11-25T00:00:00Z\",\"since\":"
                        + "\"2026-11-18T00:00:00Z\",\"complete\":true,\"parts\":[{\"object\":\"../../secret\","
                        + "\"rows\":1,\"sha256\":\"00\",\"table\":\"SHOP\"}]}"
            })
    void aManifestOfSomethingElseIsRefusedAndHoldsNoBackupUp(String manifest) {
        var store = new DirectoryStore(directory);
        store.put("2026-11-26", Manifest.OBJECT, manifest.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> restore.restore(store, "2026-11-26", () -> {}))
                .isInstanceOf(UnreadableBackup.class)
                .hasMessageContaining("damaged");
        var made = backups(store, "node", fixed(Instant.parse("2026-10-01T00:00:00Z")));
        made.makeDue();
        assertThat(made.newestFirst()).hasSize(1);
    }

    private static String owner(Shopper shopper, String sid) {
        var reply = shopper.call("GET", "/api/v1/bot/sessions/" + sid).send();
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json("data", "attributes", "owner").asString();
    }

    @Test
    void aDamagedPartIsRefused() {
        Shopper.alone(port);
        var name = operator("POST", "").send().json("data", "id").asString();
        try (var client = S3.client()) {
            client.putObject(
                    put -> put.bucket(S3Server.BUCKET).key("suite/one/" + name + "/00001-shop.ndjson.gz"),
                    RequestBody.fromString("nothing of the kind"));
        }

        var refused = operator("POST", "/" + name + "/restore").send();

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json("detail").asString()).contains("damaged");
        assertThat(operator("POST", "/2020-01-01/restore").send().status()).isEqualTo(404);
        assertThat(operator("POST", "/..%2Fother/restore").send().status()).isBetween(400, 404);
    }

    @Test
    void operatorsAloneReachBackups() {
        for (var token : List.of(TestIssuers.merchant("1001"), TestIssuers.chat("1001", "li"))) {
            assertThat(HttpCall.post("http://localhost:" + port + "/operator/backups")
                            .bearer(token)
                            .send()
                            .status())
                    .isEqualTo(403);
        }
        assertThat(HttpCall.get("http://localhost:" + port + "/operator/backups")
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aRunThatDiedIsContinuedWhereItWas() {
        var shopper = Shopper.alone(port);
        shopper.say(shopper.session(), "hello");
        awaitArchived(shopper, 1);
        var store = new Brittle(new DirectoryStore(directory), 3);

        assertThatThrownBy(() -> run.make(store, "2026-11-25", () -> {})).isInstanceOf(BackupStore.StoreAway.class);
        var left = Manifest.read(store, "2026-11-25").orElseThrow();
        assertThat(left.complete()).isFalse();
        assertThatThrownBy(() -> restore.restore(store, "2026-11-25", () -> {}))
                .isInstanceOf(UnreadableBackup.class)
                .hasMessageContaining("not complete");
        var written = List.copyOf(store.parts);

        store.mend();
        var made = run.make(store, "2026-11-25", () -> {});

        assertThat(made.complete()).isTrue();
        assertThat(made.startedAt()).isEqualTo(left.startedAt());
        assertThat(made.parts().subList(0, left.parts().size())).isEqualTo(left.parts());
        assertThat(written).isNotEmpty();
        assertThat(store.parts)
                .as("parts that the manifest names are not written twice")
                .filteredOn(part ->
                        left.parts().stream().anyMatch(known -> known.object().equals(part)))
                .doesNotHaveDuplicates();
        assertThat(made.rows().get(RoamingTable.MESSAGE)).isPositive();
    }

    @Test
    void ofTwoNodesOneMakesTheBackupOfTheDay() {
        var store = new DirectoryStore(directory);
        var clock = Clock.systemUTC();
        var other = new Lease(JdbcClient.create(jdbc), "backup");
        var one = backups(store, "one", clock);
        var two = backups(store, "two", clock);

        assertThat(other.hold("frozen", Duration.ofMinutes(1))).isTrue();
        assertThatThrownBy(one::makeDue).isInstanceOf(Backups.Busy.class);
        assertThatThrownBy(one::makeNow).isInstanceOf(Backups.Busy.class);
        other.release("frozen");
        one.makeDue();
        var made = one.lastGood().orElseThrow();
        two.makeDue();

        assertThat(two.newestFirst()).containsExactly(made);
        assertThat(registry.get("xiaoer.backup.overdue").gauge().value()).isZero();
        assertThat(registry.get("xiaoer.backup.age").gauge().value()).isBetween(0.0, 600.0);
    }

    @Test
    void oldBackupsGoAndTheLastGoodOneStays() {
        var store = new DirectoryStore(directory);
        var start = Instant.parse("2026-10-01T00:00:00Z");
        backups(store, "node", fixed(start)).makeDue();
        new Manifest(Manifest.FORMAT, "2026-09-01", start, start, null, false, null, List.of()).write(store);
        store.put("notes", "kept.txt", new byte[0]);
        store.put("2026-11-08", Manifest.OBJECT, new byte[] {'n', 'o'});

        // 40 days later the old ones are too old, and there is a new one.
        backups(store, "node", fixed(start.plus(Duration.ofDays(40)))).makeDue();

        assertThat(store.backups()).containsExactlyInAnyOrder("2026-11-09", "2026-11-08", "notes");
    }

    @Test
    void aBackupThatIsTooOldRaisesTheAlarm() {
        var late = new BackupMeters(registry, settings(), fixed(Instant.now().plus(Duration.ofHours(1))));

        late.lastGood(Instant.now().minus(Duration.ofHours(24)));
        assertThat(late.isOverdue()).isFalse();
        late.lastGood(Instant.now().minus(Duration.ofHours(26)));
        assertThat(late.isOverdue()).isTrue();
    }

    @Test
    void ofAUserTheLast500MessagesOfTheLastWeekAreTaken() {
        var shop = "b-" + UUID.randomUUID().toString().substring(0, 8);
        var now = Instant.now();
        insert(shop, "u.old", now.minus(Duration.ofDays(8)), 3);
        insert(shop, "u.old", now.minus(Duration.ofDays(6)), 2);
        insert(shop, "u.much", now.minus(Duration.ofHours(1)), 510);

        var taken = new ArrayList<Map<String, @Nullable Object>>();
        List<String> after = null;
        do {
            var page = rows.page(RoamingTable.MESSAGE, after, now.minus(BackupRun.WINDOW));
            taken.addAll(page.rows());
            after = page.next();
        } while (after != null);
        taken.removeIf(row -> !shop.equals(row.get("shop_id")));

        assertThat(taken).filteredOn(row -> "u.old".equals(row.get("user_id"))).hasSize(2);
        var much = taken.stream()
                .filter(row -> "u.much".equals(row.get("user_id")))
                .map(row -> Long.parseLong(String.valueOf(row.get("id"))))
                .toList();
        assertThat(much).hasSize(500).isSorted();
        assertThat(jdbc.queryForObject("SELECT MAX(id) FROM message WHERE shop_id = ?", Long.class, shop))
                .isEqualTo(much.getLast());
        jdbc.update("DELETE FROM message WHERE shop_id = ?", shop);
    }

    /// A new table is either taken or left out for a reason.
    @Test
    void everyTableIsDecidedUpon() {
        var tables = new HashSet<>(jdbc.queryForList(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()", String.class));

        tables.removeAll(LEFT_OUT);

        assertThat(tables)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RoamingTable.values())
                        .map(RoamingTable::table)
                        .toList());
        for (var table : RoamingTable.values()) {
            assertThat(jdbc.queryForList(
                            "SELECT column_name FROM information_schema.key_column_usage WHERE table_schema ="
                                    + " DATABASE() AND table_name = ? AND constraint_name = 'PRIMARY' ORDER BY"
                                    + " ordinal_position",
                            String.class,
                            table.table()))
                    .isEqualTo(table.key());
        }
    }

    private HttpCall operator(String method, String path) {
        return HttpCall.of(method, "http://localhost:" + port + "/operator/backups" + path)
                .bearer(TestIssuers.ops());
    }

    private void awaitArchived(Shopper shopper, int messages) {
        await().atMost(Duration.ofSeconds(40)).until(() -> count("message", shopper) == messages);
    }

    private long count(String table, Shopper shopper) {
        return Optional.ofNullable(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM " + table + " WHERE shop_id = ?", Long.class, shopper.shop()))
                .orElse(0L);
    }

    private void empty(Shopper shopper) {
        for (var table : RoamingTable.values()) {
            jdbc.update("DELETE FROM " + table.table() + " WHERE shop_id = ?", shopper.shop());
        }
        RealServers.flushRedis();
    }

    private void insert(String shop, String user, Instant at, int count) {
        for (int i = 0; i < count; i++) {
            jdbc.update(
                    "INSERT INTO message (shop_id, user_id, id, sender, client_id, hash, body) VALUES (?, ?, ?, ?, ?,"
                            + " ?, ?)",
                    shop,
                    user,
                    Long.parseLong(SnowflakeIds.atTime(at)) + i,
                    "user:x",
                    "c" + i,
                    "h",
                    "{}");
        }
    }

    private Backups backups(BackupStore store, String holder, Clock clock) {
        return new Backups(
                store,
                new BackupRun(rows, clock),
                restore,
                new Lease(JdbcClient.create(jdbc), "backup"),
                holder,
                meters,
                settings(),
                clock);
    }

    private static BackupSettings settings() {
        return new Binder(new MapConfigurationPropertySource(
                        Map.of("xiaoer.backup.target", "file:/nowhere", "xiaoer.backup.zone", "UTC")))
                .bindOrCreate("xiaoer.backup", BackupSettings.class);
    }

    private static Clock fixed(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    /// A store that goes away after so many writes.
    private static final class Brittle implements BackupStore {
        private final BackupStore store;
        private final List<String> parts = new ArrayList<>();
        private int left;

        Brittle(BackupStore store, int writes) {
            this.store = store;
            this.left = writes;
        }

        void mend() {
            left = Integer.MAX_VALUE;
        }

        @Override
        public void put(String backup, String object, byte[] bytes) {
            if (left-- <= 0) {
                throw new StoreAway("away", new IllegalStateException());
            }
            if (!object.equals(Manifest.OBJECT)) {
                parts.add(object);
            }
            store.put(backup, object, bytes);
        }

        @Override
        public Optional<byte[]> get(String backup, String object) {
            return store.get(backup, object);
        }

        @Override
        public List<String> backups() {
            return store.backups();
        }

        @Override
        public void delete(String backup) {
            store.delete(backup);
        }
    }
}
