package io.xiaoer.ordersync.order;

import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.crypto.UnreadableField;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.common.tenant.Tenant;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Encrypts receivers anew that are under an older key, under a lease, so many rows a minute. A row names its key, so
/// that whoever goes on after a crash finds what is left; a row that somebody changed meanwhile is left alone. A row
/// that no key opens stays as it is and holds up no other one.
@Component
class Resealing {

    static final int AT_ONCE = 200;
    static final int MOST_STEPS = 50;

    private static final Logger LOGGER = LoggerFactory.getLogger(Resealing.class);
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final OrderMapper orders;
    private final FieldCipher cipher;
    private final Lease lease;
    private final ResealingMeters meters;
    private final String holder = UUID.randomUUID().toString();

    Resealing(OrderMapper orders, FieldCipher cipher, JdbcClient jdbc, ResealingMeters meters) {
        this.orders = orders;
        this.cipher = cipher;
        this.lease = new Lease(jdbc, "resealing");
        this.meters = meters;
    }

    @Scheduled(fixedDelayString = "PT1M")
    void sweep() {
        try {
            var key = cipher.keyName();
            if (lease.hold(holder, LEASE)) {
                var below = new OlderKey(key, true, new byte[0], "", "", AT_ONCE);
                var above = new OlderKey(key, false, key, "~", "", AT_ONCE);
                int steps = pass(below, MOST_STEPS);
                pass(above, MOST_STEPS - steps);
            }
            meters.left(orders.countOlder(key, ResealingMeters.MOST));
        } catch (KeysUnavailable | DataAccessException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("Encrypting anew is left to the next minute");
        }
    }

    /// Goes through the rows of one side of the key; says how many steps it took.
    private int pass(OlderKey from, int most) {
        var at = from;
        int steps = 0;
        boolean full = true;
        while (full && steps < most && lease.hold(holder, LEASE)) {
            var rows = orders.underOlder(at);
            rows.forEach(this::reseal);
            full = rows.size() == AT_ONCE;
            at = full ? at.behind(rows.getLast()) : at;
            steps++;
        }
        return steps;
    }

    private void reseal(SealedRow row) {
        try {
            var fresh = SealedReceiver.reseal(row, cipher);
            if (Tenant.call(row.shopId(), () -> orders.reseal(row, fresh))) {
                meters.resealed();
            }
        } catch (UnreadableField unreadable) {
            meters.unreadable();
            LOGGER.atWarn()
                    .addKeyValue("shop_id", row.shopId().value())
                    .addKeyValue("field", String.valueOf(unreadable.getMessage()))
                    .log("A field is under no key of the keyset");
        }
    }
}
