package io.xiaoer.common.resealing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What is measured of rows under older keys, by table.
public final class ResealingMeters {

    /// Counted no further.
    static final int MOST = 100_000;

    private static final String TABLE = "table";

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> left = new ConcurrentHashMap<>();

    public ResealingMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void left(String table, int rows) {
        left.computeIfAbsent(table, this::gauge).set(rows);
    }

    /// The counters are shown with it, so that the first row that no key opens is an increase too.
    private AtomicInteger gauge(String table) {
        var rows = new AtomicInteger();
        Gauge.builder("xiaoer.fields.rows.older", rows, AtomicInteger::get)
                .description("Rows with encrypted fields under an older key, counted up to 100000")
                .tag(TABLE, table)
                .strongReference(true)
                .register(registry);
        resealedOf(table);
        unreadableOf(table);
        return rows;
    }

    void resealed(String table) {
        resealedOf(table).increment();
    }

    void unreadable(String table) {
        unreadableOf(table).increment();
    }

    private Counter resealedOf(String table) {
        return Counter.builder("xiaoer.fields.resealed")
                .description("Rows whose fields were encrypted anew")
                .tag(TABLE, table)
                .register(registry);
    }

    private Counter unreadableOf(String table) {
        return Counter.builder("xiaoer.fields.unreadable")
                .description("Rows with a field that no key opens, each time one is met")
                .tag(TABLE, table)
                .register(registry);
    }
}
