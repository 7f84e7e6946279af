package io.xiaoer.bot.understand.vector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers a bounded number of values, those used last, and computes each once however many want it at a time. What
/// fails is not remembered.
///
/// @param <K> what a value belongs to
/// @param <V> what is computed
public final class OncePerKey<K, V> {

    private final Map<K, Once<V>> values;
    private final Runnable hit;
    private final Runnable miss;

    /// @param most values that are remembered
    /// @param hit told of a value that was known
    /// @param miss told of a value that had to be computed
    public OncePerKey(int most, Runnable hit, Runnable miss) {
        this.values = new LinkedHashMap<>(256, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Once<V>> eldest) {
                return size() > most;
            }
        };
        this.hit = hit;
        this.miss = miss;
    }

    /// The value of a key, computed by this call if nobody has yet.
    public V get(K key, Supplier<V> computed) {
        Once<V> mine = null;
        Once<V> known;
        synchronized (values) {
            known = values.get(key);
            if (known == null) {
                mine = new Once<>(computed);
                values.put(key, mine);
            }
        }
        if (mine == null) {
            hit.run();
            return java.util.Objects.requireNonNull(known).value();
        }
        miss.run();
        mine.run();
        try {
            return mine.value();
        } catch (RuntimeException | Error e) {
            forget(key, mine);
            throw e;
        }
    }

    private void forget(K key, Once<V> failed) {
        synchronized (values) {
            values.remove(key, failed);
        }
    }

    /// The value of a key if it has been computed, without counting as used.
    public @Nullable V peek(K key) {
        Once<V> known;
        synchronized (values) {
            known = values.get(key);
        }
        return known != null && known.isDone() ? known.value() : null;
    }

    /// How many values are remembered.
    public int size() {
        synchronized (values) {
            return values.size();
        }
    }

    private static final class Once<V> extends FutureTask<V> {

        Once(Supplier<V> computed) {
            super(computed::get);
        }

        /// Waits for whoever computes; as long as a computation takes, so no interruption is needed.
        V value() {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (java.util.concurrent.ExecutionException e) {
                        throw new IllegalStateException("a value could not be computed", e.getCause());
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
