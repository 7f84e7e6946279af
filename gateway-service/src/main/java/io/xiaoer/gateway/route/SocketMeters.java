package io.xiaoer.gateway.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/// How many WebSockets are open.
final class SocketMeters {

    private final AtomicInteger open = new AtomicInteger();

    SocketMeters(MeterRegistry meters) {
        Gauge.builder("xiaoer.gateway.connections", open, AtomicInteger::get)
                .description("Open WebSockets of clients")
                .register(meters);
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }
}
