package io.xiaoer.session.delivery;

import io.xiaoer.common.id.UserKey;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives announcements to the shoppers of their shop who are connected here: one announcement after the other, one
/// receiver after the other, on one virtual thread that lets others run in between. So many may wait; one more is
/// dropped.
final class AnnouncementStream {

    static final int MOST_WAITING = 100;

    private static final Logger LOGGER = LoggerFactory.getLogger(AnnouncementStream.class);
    private static final int STEP = 200;

    private final Receivers receivers;
    private final Executor executor;
    private final DeliveryMeters meters;
    private final BlockingQueue<Push.Announced> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean running = new AtomicBoolean();

    AnnouncementStream(Receivers receivers, Executor executor, DeliveryMeters meters) {
        this.receivers = receivers;
        this.executor = executor;
        this.meters = meters;
    }

    /// Takes one; never waits.
    void take(Push.Announced announced) {
        if (!waiting.offer(announced)) {
            meters.announcementDropped();
            LOGGER.atWarn().addKeyValue("shop_id", announced.shop()).log("Too many announcements wait, one is dropped");
            return;
        }
        run();
    }

    private void run() {
        if (running.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        try {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                stream(next);
            }
        } finally {
            running.set(false);
        }
        if (!waiting.isEmpty()) {
            run();
        }
    }

    private void stream(Push.Announced announced) {
        int given = 0;
        for (var each = receivers.all().iterator(); each.hasNext(); ) {
            var follower = each.next();
            var user = follower.user();
            if (user.kind() != UserKey.Kind.AGENT && user.shop().value().equals(announced.shop())) {
                follower.outlet().passing(announced.frame());
                meters.announced();
                if (++given % STEP == 0) {
                    Thread.yield();
                }
            }
        }
    }
}
