package io.xiaoer.session.connection;

import io.xiaoer.session.delivery.NodeSubscription;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/// Starts the subscription and the ticks of this node before its port opens, and lets its connections go before the
/// port closes.
final class ImLifecycle implements SmartLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(ImLifecycle.class);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration FIRST_TRIES = Duration.ofSeconds(1);
    /// For the ticks under way at a stop: as long as Redis may take to answer one.
    private static final Duration LAST_TICKS = Duration.ofSeconds(2);

    private final Connections connections;
    private final NodeSubscription subscription;
    private final ConnectionSettings settings;
    private @Nullable ScheduledExecutorService ticks;

    ImLifecycle(Connections connections, NodeSubscription subscription, ConnectionSettings settings) {
        this.connections = connections;
        this.subscription = subscription;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        var fresh = new ScheduledThreadPoolExecutor(
                2, Thread.ofPlatform().daemon().name("im-tick-", 0).factory());
        fresh.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        fresh.scheduleWithFixedDelay(guarded(fresh, connections::tick), 1, 1, TimeUnit.SECONDS);
        fresh.execute(() -> beat(fresh));
        ticks = fresh;
    }

    private void beat(ScheduledExecutorService on) {
        guarded(on, subscription::tick).run();
        var pause = subscription.isThere() ? BEAT : FIRST_TRIES;
        if (!on.isShutdown()) {
            on.schedule(() -> beat(on), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Runnable guarded(ScheduledExecutorService on, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOGGER.atLevel(on.isShutdown() ? Level.DEBUG : Level.ERROR)
                        .setCause(e)
                        .log("A tick failed");
            }
        };
    }

    @Override
    public void stop(Runnable done) {
        Thread.ofVirtual().name("im-drain").start(() -> {
            try {
                stop();
            } finally {
                done.run();
            }
        });
    }

    @Override
    public synchronized void stop() {
        var running = ticks;
        if (running == null) {
            return;
        }
        connections.drain();
        try {
            connections.awaitNone(settings.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.cutAll();
        end(running);
        subscription.close();
        ticks = null;
    }

    /// Lets the ticks under way end: one that is interrupted while it asks Redis would say that Redis is
    /// away.
    private static void end(ScheduledExecutorService running) {
        running.shutdown();
        try {
            running.awaitTermination(LAST_TICKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.shutdownNow();
    }

    @Override
    public synchronized boolean isRunning() {
        return ticks != null;
    }
}
