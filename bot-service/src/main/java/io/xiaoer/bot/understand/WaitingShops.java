package io.xiaoer.bot.understand;

import io.xiaoer.common.id.ShopId;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The shops that wait to be learnt, each once: those that somebody asks first.
final class WaitingShops {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final LinkedHashSet<ShopId> asked = new LinkedHashSet<>();
    private final LinkedHashSet<ShopId> others = new LinkedHashSet<>();

    /// @param urgent somebody asks
    void add(ShopId shop, boolean urgent) {
        lock.lock();
        try {
            if (urgent) {
                others.remove(shop);
                asked.add(shop);
            } else if (!asked.contains(shop)) {
                others.add(shop);
            }
            some.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The next shop, waited for.
    ShopId take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (asked.isEmpty() && others.isEmpty()) {
                some.await();
            }
            return asked.isEmpty() ? others.removeFirst() : asked.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return asked.size() + others.size();
        } finally {
            lock.unlock();
        }
    }
}
