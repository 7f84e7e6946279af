package io.xiaoer.session.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.session.conversation.Shopper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Backups are made, once a day and by one node, of all that would be missed.
class BackupIT extends WithBackups {

    /// Tables that need no backup, since they are filled from elsewhere or mean nothing in another database.
    private static final Set<String> LEFT_OUT = Set.of(
            "flyway_schema_history", "outbox", "outbox_lease", "archive_offset", "audit_entry", "node_lease", "canary");

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
