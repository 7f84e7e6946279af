package io.xiaoer.local.supervise;

import io.xiaoer.local.server.ChildProcess;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One process and its keeper: a thread that launches it, watches it, and launches it again when it dies.
///
/// A process that dies before it was ready for the first time is not started again: [#ready] fails and says so.
final class Supervised {
    private static final Duration LOOK_WHILE_STARTING = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final long NANOS_PER_MS = 1_000_000;

    private final Server server;
    private final LogFile log;
    private final Runnable changed;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));
    private final CompletableFuture<Duration> ready = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile Health health = Health.STARTING;
    private volatile ProcessId process = ProcessId.NONE;
    private volatile int restarts;
    private @Nullable ChildProcess child;
    private @Nullable Thread preparing;

    Supervised(Server server, Path log, Runnable changed) {
        this.server = server;
        this.log = new LogFile(log);
        this.changed = changed;
    }

    /// Completes with the time it took, or fails with [io.xiaoer.local.server.StartFailedException]
    /// or [IOException].
    CompletableFuture<Duration> ready() {
        return ready;
    }

    ProcessState state() {
        return new ProcessState(
                server.name(),
                process,
                server.port(),
                health,
                restarts,
                log.path().toString());
    }

    /// Runs until [#stop]; meant for a thread of its own.
    void keep() {
        try {
            var begin = System.nanoTime();
            while (!stopped()) {
                var life = liveOrFail(begin);
                var ended = running();
                if (stopped() || ended == null) {
                    return;
                }
                if (!ready.isDone()) {
                    ready.completeExceptionally(ended.endedEarly());
                    return;
                }
                restarts++;
                become(Health.DOWN);
                var wait = backoff.after(life);
                if (life.isPositive()) {
                    System.err.println("%s ended with exit code %d and is started again in %d s"
                            .formatted(server.name(), ended.exitCode(), wait.toSeconds()));
                }
                await(wait);
            }
        } catch (IOException | RuntimeException e) {
            ready.completeExceptionally(e instanceof IOException ? e : new IOException(e.toString(), e));
            become(Health.DOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks the process to end, forces it after the grace, and returns when it is gone and will not come back.
    void stop(Duration grace) throws InterruptedException {
        stopping.countDown();
        awaitPrepared();
        var running = running();
        if (running != null) {
            running.stop(grace);
        }
        become(Health.DOWN);
    }

    /// Once it was ready, what hinders another start (a full disk, a missing file) is waited out like a death.
    private Duration liveOrFail(long begin) throws IOException, InterruptedException {
        try {
            return liveOnce(begin);
        } catch (IOException | RuntimeException e) {
            if (!ready.isDone()) {
                throw e;
            }
            System.err.println(server.name() + " could not be started again: " + e);
            return Duration.ZERO;
        }
    }

    private Duration liveOnce(long begin) throws IOException, InterruptedException {
        prepare();
        rotateLog();
        var launched = launch();
        if (launched == null) {
            return Duration.ZERO;
        }
        var launchedAt = System.nanoTime();
        process = ProcessId.of(launched.pid());
        become(Health.STARTING);
        var ended = launched.ended();
        while (!ended.isDone()) {
            look(begin);
            waitFor(ended, health == Health.UP ? LOOK : LOOK_WHILE_STARTING);
        }
        process = ProcessId.NONE;
        return Duration.ofNanos(System.nanoTime() - launchedAt);
    }

    private void prepare() throws IOException, InterruptedException {
        synchronized (this) {
            if (stopped()) {
                return;
            }
            preparing = Thread.currentThread();
        }
        try {
            server.prepare();
        } finally {
            synchronized (this) {
                preparing = null;
                notifyAll();
            }
        }
    }

    /// Programs that lay out what the process needs must not outlive the stop either.
    private synchronized void awaitPrepared() throws InterruptedException {
        if (preparing != null) {
            preparing.interrupt();
        }
        while (preparing != null) {
            wait();
        }
    }

    private synchronized @Nullable ChildProcess launch() throws IOException {
        if (stopped()) {
            return null;
        }
        child = ChildProcess.launchApart(server, log.path());
        return child;
    }

    private synchronized @Nullable ChildProcess running() {
        return child;
    }

    private void look(long begin) {
        var answers = server.answers();
        rotateLog();
        if (answers) {
            become(Health.UP);
            ready.complete(Duration.ofMillis((System.nanoTime() - begin) / NANOS_PER_MS));
        } else if (health == Health.UP) {
            become(Health.DOWN);
        }
    }

    private void rotateLog() {
        try {
            log.rotateIfLarge();
        } catch (IOException e) {
            // It is tried again at the next look; the process must not go unwatched for its log.
        }
    }

    private void become(Health now) {
        if (health != now || now == Health.STARTING) {
            health = now;
            changed.run();
        }
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private void await(Duration wait) throws InterruptedException {
        var ignored = stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void waitFor(CompletableFuture<Integer> ended, Duration atMost) throws InterruptedException {
        try {
            ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a process cannot be told", e);
        }
    }
}
