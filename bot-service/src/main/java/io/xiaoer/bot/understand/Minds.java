package io.xiaoer.bot.understand;

import io.xiaoer.common.id.ShopId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The minds of shops, as many as fit; those asked longest ago make way. A new one takes the place of the old one at
/// once and whole.
final class Minds {

    private final long room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<ShopId, Mind> minds = new LinkedHashMap<>(64, 0.75f, true);
    private long size;
    private int rows;

    /// @param room the bytes that they may take
    Minds(long room) {
        this.room = room;
    }

    /// The mind of a shop, null if there is none.
    @Nullable
    Mind get(ShopId shop) {
        lock.lock();
        try {
            return minds.get(shop);
        } finally {
            lock.unlock();
        }
    }

    /// The mind of a shop, waited for if there is none yet.
    @Nullable
    Mind await(ShopId shop, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (minds.get(shop) == null && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return minds.get(shop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    void put(ShopId shop, Mind mind) {
        lock.lock();
        try {
            leave(minds.put(shop, mind));
            size += mind.size();
            rows += mind.rows();
            Iterator<Map.Entry<ShopId, Mind>> eldest = minds.entrySet().iterator();
            while (size > room && minds.size() > 1) {
                leave(eldest.next().getValue());
                eldest.remove();
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Has a mind that was trained take its place. If a newer one stands there meanwhile, that is taught by it.
    ///
    /// @param mind as it was before
    void trained(ShopId shop, Mind mind, Mind trained) {
        lock.lock();
        try {
            Mind now = minds.get(shop);
            if (now != null) {
                put(shop, now.number() == mind.number() ? trained : now.taughtBy(trained));
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(@Nullable Mind mind) {
        if (mind != null) {
            size -= mind.size();
            rows -= mind.rows();
        }
    }

    /// All minds by their shops.
    Map<ShopId, Mind> all() {
        lock.lock();
        try {
            return Map.copyOf(minds);
        } finally {
            lock.unlock();
        }
    }

    /// Whether a shop has one; does not count as asked for.
    boolean has(ShopId shop) {
        lock.lock();
        try {
            return minds.containsKey(shop);
        } finally {
            lock.unlock();
        }
    }

    /// Whether a further shop is not likely to drive one out.
    boolean hasRoom() {
        return size() < room - room / 4;
    }

    /// The bytes that all take.
    long size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /// The texts of all.
    int rows() {
        lock.lock();
        try {
            return rows;
        } finally {
            lock.unlock();
        }
    }
}
