package io.xiaoer.session.start;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/// Tries each need until it was there, all at the same time, and reports ready when none is left.
final class Start implements SmartLifecycle, HealthIndicator {
    private static final Logger LOGGER = LoggerFactory.getLogger(Start.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final List<Need> missing;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    Start(List<Need> needs) {
        this.missing = new CopyOnWriteArrayList<>(needs);
    }

    @Override
    public void start() {
        running = true;
        missing.forEach(need -> Thread.ofVirtual().name("start-" + need.name()).start(() -> await(need)));
    }

    private void await(Need need) {
        while (running) {
            try {
                need.attempt().run();
                missing.remove(need);
                LOGGER.atInfo().addKeyValue("need", need.name()).log("It is there");
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                LOGGER.atWarn()
                        .addKeyValue("need", need.name())
                        .addKeyValue("reason", e.getMessage())
                        .log("Waiting for what the service needs");
            }
            if (stoppedMeanwhile()) {
                return;
            }
        }
    }

    private boolean stoppedMeanwhile() {
        try {
            return stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public Health health() {
        return missing.isEmpty() ? Health.up().build() : Health.down().build();
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
