package io.xiaoer.common.id;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Leases a node number for the ids of this process and renews it. No two processes ever make the same id: a number is
/// held by one at a time, its ids never lie above what the row allows (`used_until`), and the next holder's begin above
/// that, however wrong anybody's clock is. A process whose lease is not renewed in time makes no ids
/// ([NoNodeNumber]) until it has a number again.
public final class NodeLease implements SmartLifecycle {

    /// How many numbers each service has.
    public static final int NODES_OF_A_SERVICE = 256;

    private static final Logger LOGGER = LoggerFactory.getLogger(NodeLease.class);
    private static final int LOOK_AT = 20;
    private static final long FIRST_TRIES_MS = 1_000;
    private static final long FAR_AHEAD_MS = 1_000;

    private final NodeLeaseTable table;
    private final SnowflakeIds ids;
    private final NodeLeaseSettings settings;
    private final String holder;
    private final Clock clock;
    private final Counter lost;
    private volatile int node = -1;
    private volatile long bound;
    private @Nullable CountDownLatch stopped;

    /// @param holder a name of this process that no other has
    NodeLease(
            NodeLeaseTable table,
            SnowflakeIds ids,
            NodeLeaseSettings settings,
            String holder,
            MeterRegistry registry,
            Clock clock) {
        this.table = table;
        this.ids = ids;
        this.settings = settings;
        this.holder = holder;
        this.clock = clock;
        this.lost = Counter.builder("xiaoer.ids.lease.lost")
                .description("Times that another process held this one's node number")
                .register(registry);
        Gauge.builder("xiaoer.ids.lease.left", this, NodeLease::left)
                .description("Seconds for which ids can be made without another renewal")
                .register(registry);
        Gauge.builder("xiaoer.ids.ahead", this, NodeLease::ahead)
                .description("Milliseconds by which the newest id lies above the clock, after the clock was set back")
                .register(registry);
    }

    private double left() {
        return node < 0 ? 0 : Math.max(0, bound - clock.millis()) / 1000.0;
    }

    private long ahead() {
        return Math.max(0, ids.newest() - clock.millis());
    }

    /// Takes a number, or sees that the one there is stays. To be called by one thread at a time.
    ///
    /// @return whether there is one
    boolean tick() {
        try {
            if (node >= 0 && !renew()) {
                LOGGER.atWarn()
                        .addKeyValue("node", node)
                        .log("The node number is another's, no ids until there is one");
                ids.stop();
                lost.increment();
                node = -1;
            }
            if (node < 0) {
                take();
            }
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atWarn()
                    .addKeyValue("waits_for", "mariadb")
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("The lease of the node number waits for the database");
        }
        if (ahead() > FAR_AHEAD_MS) {
            LOGGER.atWarn().addKeyValue("ahead_ms", ahead()).log("The clock was set back, ids run ahead of it");
        }
        return node >= 0;
    }

    private boolean renew() {
        long until = allowance(ids.newest());
        if (!table.renew(node - settings.firstNode(), holder, settings.lease(), until)) {
            return false;
        }
        ids.extend(until);
        bound = Math.max(bound, until);
        return true;
    }

    private void take() {
        for (var free : table.free(LOOK_AT)) {
            long above = Math.max(free.usedUntil(), ids.newest());
            long until = allowance(above);
            if (table.take(free, holder, settings.lease(), until)) {
                node = settings.firstNode() + free.node();
                bound = until;
                ids.use(node, above, until);
                LOGGER.atInfo().addKeyValue("node", node).log("A node number is leased");
                return;
            }
        }
        LOGGER.atWarn().log("No node number is free");
    }

    private long allowance(long above) {
        return Math.max(clock.millis(), above) + settings.lease().toMillis();
    }

    @Override
    public synchronized void start() {
        var end = new CountDownLatch(1);
        stopped = end;
        tick();
        Thread.ofVirtual().name("node-lease").start(() -> keep(end));
    }

    private void keep(CountDownLatch end) {
        try {
            while (!end.await(node < 0 ? FIRST_TRIES_MS : settings.renew().toMillis(), TimeUnit.MILLISECONDS)) {
                synchronized (this) {
                    if (stopped == end) {
                        tick();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        var end = stopped;
        if (end == null) {
            return;
        }
        end.countDown();
        stopped = null;
        ids.stop();
        if (node >= 0) {
            try {
                table.release(node - settings.firstNode(), holder, ids.newest());
            } catch (DataAccessException | TransactionException e) {
                LOGGER.atDebug().log("The node number is left to its end");
            }
            node = -1;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return stopped != null;
    }

    /// There before anything makes ids, and until nothing does.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1024;
    }
}
