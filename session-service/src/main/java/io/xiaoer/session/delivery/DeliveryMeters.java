package io.xiaoer.session.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/// What delivery tells about itself.
public final class DeliveryMeters {

    private final MeterRegistry registry;
    private final Counter pushes;
    private final Counter handed;
    private final Counter gaps;
    private final Counter astray;
    private final Counter alarms;
    private final Counter announced;
    private final Counter announcementsDropped;

    public DeliveryMeters(MeterRegistry registry) {
        this.registry = registry;
        this.pushes = counter("xiaoer.delivery.pushes", "messages that arrived on the channel of this node");
        this.handed = counter("xiaoer.delivery.handed", "messages handed to receivers of this node");
        this.gaps = counter("xiaoer.delivery.gaps", "holes that a push showed and a read of the log filled");
        this.astray =
                counter("xiaoer.delivery.astray", "receivers that were shown what Redis lost before it was durable");
        this.announced = counter("xiaoer.announcement.frames", "announcements handed to receivers of this node");
        this.announcementsDropped =
                counter("xiaoer.announcement.dropped", "announcements that this node had no room for");
        this.alarms = counter("xiaoer.delivery.subscription.alarms", "times the subscription was found dead");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void receivers(Supplier<Number> count) {
        Gauge.builder("xiaoer.delivery.receivers", count)
                .description("connections and waiting long polls of this node")
                .register(registry);
    }

    void pushed() {
        pushes.increment();
    }

    void handed() {
        handed.increment();
    }

    void gap() {
        gaps.increment();
    }

    void astray() {
        astray.increment();
    }

    void alarm() {
        alarms.increment();
    }

    void announced() {
        announced.increment();
    }

    void announcementDropped() {
        announcementsDropped.increment();
    }
}
