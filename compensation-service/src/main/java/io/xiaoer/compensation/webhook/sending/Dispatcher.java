package io.xiaoer.compensation.webhook.sending;

import io.xiaoer.common.rounds.Rounds;
import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.delivery.DeliveryQueue;
import io.xiaoer.compensation.webhook.delivery.Lane;
import io.xiaoer.compensation.webhook.delivery.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/// Looks for lanes that are due, endpoint by endpoint in an order of chance, and gives each to a courier on a thread of
/// its own, as far as there is room.
public final class Dispatcher implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(3);

    private final DeliveryQueue queue;
    private final Lanes lanes;
    private final Courier courier;
    private final Slots slots;
    private final WebhookSettings settings;
    private final RandomGenerator chance;
    private final Clock clock;
    private final Rounds rounds = new Rounds("webhook-dispatcher", this::step, () -> {});
    private volatile boolean failing;
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Dispatcher(
            DeliveryQueue queue,
            Lanes lanes,
            Courier courier,
            Slots slots,
            WebhookSettings settings,
            RandomGenerator chance,
            Clock clock) {
        this.queue = queue;
        this.lanes = lanes;
        this.courier = courier;
        this.slots = slots;
        this.settings = settings;
        this.chance = chance;
        this.clock = clock;
    }

    /// Tells that something may be due; never blocks.
    public void wake() {
        rounds.wake();
    }

    @Override
    public void start() {
        if (threads.isShutdown()) {
            threads = Executors.newVirtualThreadPerTaskExecutor();
        }
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop(settings.claim());
        endWhatIsUnderWay();
    }

    /// What does not end in time is interrupted; its claim ends by itself.
    private void endWhatIsUnderWay() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }

    /// One round; returns how long to rest before the next unless woken.
    private Duration step() {
        try {
            round();
            failing = false;
            return settings.poll();
        } catch (RuntimeException failure) {
            tell(failure);
            return PATIENCE_AFTER_FAILURE;
        }
    }

    /// Begins what is due and has room.
    void round() {
        var due = queue.due(clock.instant());
        Collections.shuffle(due, chance);
        for (var endpoint : due) {
            int room = slots.room(endpoint);
            if (room > 0) {
                lanes.due(endpoint, clock.instant(), room).forEach(this::begin);
            }
        }
    }

    private void begin(Lane lane) {
        if (!rounds.isRunning() || !slots.take(lane.endpoint())) {
            return;
        }
        threads.execute(() -> {
            try {
                courier.carry(lane);
            } catch (RuntimeException failure) {
                tell(failure); // its claim ends, and it is tried again
            } finally {
                slots.give(lane.endpoint());
                wake();
            }
        });
    }

    private void tell(RuntimeException failure) {
        LOGGER.atLevel(failing ? Level.DEBUG : Level.WARN)
                .addKeyValue("reason", failure.getClass().getSimpleName())
                .setCause(failing ? null : failure)
                .log("Webhooks wait and are tried again");
        failing = true;
    }
}
