package io.xiaoer.common.carrier;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/// Starts the watch with the first application of a process: before anything of it can get stuck.
public final class CarrierWatchStart implements ApplicationListener<ApplicationStartingEvent> {

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    @Override
    public void onApplicationEvent(ApplicationStartingEvent event) {
        if (STARTED.compareAndSet(false, true)) {
            var clock = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("carrier-watch").daemon().factory());
            var _ = clock.scheduleWithFixedDelay(new CarrierWatch(), 1, 1, TimeUnit.SECONDS);
        }
    }
}
