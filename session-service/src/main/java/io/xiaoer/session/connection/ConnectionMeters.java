package io.xiaoer.session.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/// What connections tell about themselves.
final class ConnectionMeters {

    private final MeterRegistry registry;
    private final Counter in;
    private final Counter out;
    private final Map<FrameError, Counter> refused = new EnumMap<>(FrameError.class);
    private final Map<CloseCode, Counter> closed = new EnumMap<>(CloseCode.class);

    ConnectionMeters(MeterRegistry registry) {
        this.registry = registry;
        this.in = counter("xiaoer.connection.frames.in", "frames read from clients");
        this.out = counter("xiaoer.connection.frames.out", "frames given to the wire");
        for (FrameError error : FrameError.values()) {
            refused.put(
                    error,
                    Counter.builder("xiaoer.connection.frames.refused")
                            .description("frames answered with an error")
                            .tag("code", error.code())
                            .register(registry));
        }
        for (CloseCode code : CloseCode.values()) {
            closed.put(
                    code,
                    Counter.builder("xiaoer.connection.closed")
                            .description("connections that the server ended")
                            .tag("code", Integer.toString(code.code()))
                            .register(registry));
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void open(Supplier<Number> count, int most) {
        Gauge.builder("xiaoer.connection.open", count)
                .description("connections of this node, those that are being opened among them")
                .register(registry);
        Gauge.builder("xiaoer.connection.limit", () -> most)
                .description("connections that may be open on this node at the same time")
                .register(registry);
    }

    void in() {
        in.increment();
    }

    void out() {
        out.increment();
    }

    void refused(FrameError error) {
        refused.computeIfPresent(error, ConnectionMeters::increment);
    }

    void closed(CloseCode code) {
        closed.computeIfPresent(code, ConnectionMeters::increment);
    }

    private static Counter increment(Object reason, Counter counter) {
        counter.increment();
        return counter;
    }
}
