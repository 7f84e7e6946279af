package io.xiaoer.compensation.webhook.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The names of the operating system. A look-up occupies a thread of the system until it is answered, and cannot be
/// ended: it runs on one of a bounded number that are none of the carriers of virtual threads, and is left alone when
/// it takes too long.
final class SystemNames implements NameResolver, AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService threads;
    private final Duration patience;

    SystemNames(int most, Duration patience) {
        this.threads = new ThreadPoolExecutor(
                0,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("webhook-names-", 0).factory());
        this.patience = patience;
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        try {
            return CompletableFuture.supplyAsync(() -> lookedUp(host), threads)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RejectedExecutionException silent) {
            throw (UnknownHostException) new NameServiceSilent(host).initCause(silent);
        } catch (ExecutionException failure) {
            throw (UnknownHostException) new UnknownHostException(host).initCause(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (UnknownHostException) new NameServiceSilent(host).initCause(interrupted);
        }
    }

    private static List<InetAddress> lookedUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(unknown);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
