package io.xiaoer.common.resealing;

import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.crypto.UnreadableField;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.common.tenant.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/// Encrypts fields anew that are under an older key, under a lease, so many rows of each table a minute. A row that
/// somebody changed meanwhile is left alone. A row that no key opens stays as it is and holds up no other one.
public final class Resealing {

    static final int AT_ONCE = 200;
    static final int MOST_STEPS = 50;

    private static final Logger LOGGER = LoggerFactory.getLogger(Resealing.class);
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final List<SealedTable<?>> tables;
    private final FieldCipher cipher;
    private final Lease lease;
    private final ResealingMeters meters;
    private final String holder = UUID.randomUUID().toString();

    /// @param jdbc to a schema whose `outbox_lease` has a row `resealing`
    public Resealing(List<SealedTable<?>> tables, FieldCipher cipher, JdbcClient jdbc, ResealingMeters meters) {
        this.tables = List.copyOf(tables);
        this.cipher = cipher;
        this.lease = new Lease(jdbc, "resealing");
        this.meters = meters;
    }

    /// Takes its turn; every instance may at any time.
    @Scheduled(fixedDelayString = "PT1M")
    public void sweep() {
        try {
            var key = cipher.keyName();
            for (var table : tables) {
                sweep(table, key);
            }
        } catch (KeysUnavailable | DataAccessException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("Encrypting anew is left to the next minute");
        }
    }

    private <R extends SealedTable.Row> void sweep(SealedTable<R> table, byte[] key) {
        if (lease.hold(holder, LEASE)) {
            int steps = pass(table, OlderKey.before(key, AT_ONCE), MOST_STEPS);
            pass(table, OlderKey.behind(key, AT_ONCE), MOST_STEPS - steps);
        }
        meters.left(table.name(), table.countOlder(key, ResealingMeters.MOST));
    }

    /// Goes through the rows of one side of the key; says how many steps it took.
    private <R extends SealedTable.Row> int pass(SealedTable<R> table, OlderKey from, int most) {
        var at = from;
        int steps = 0;
        boolean full = true;
        while (full && steps < most && lease.hold(holder, LEASE)) {
            var rows = table.underOlder(at);
            rows.forEach(row -> reseal(table, row));
            full = rows.size() == AT_ONCE;
            at = full ? at.behind(rows.getLast()) : at;
            steps++;
        }
        return steps;
    }

    private <R extends SealedTable.Row> void reseal(SealedTable<R> table, R row) {
        try {
            if (Tenant.call(row.shopId(), () -> table.reseal(row, cipher))) {
                meters.resealed(table.name());
            }
        } catch (UnreadableField unreadable) {
            meters.unreadable(table.name());
            LOGGER.atWarn()
                    .addKeyValue("shop_id", row.shopId().value())
                    .addKeyValue("field", String.valueOf(unreadable.getMessage()))
                    .log("A field is under no key of the keyset");
        }
    }
}
