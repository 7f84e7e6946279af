package io.xiaoer.local.supervise;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.server.Server;
import io.xiaoer.local.server.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Keeps a list of servers running, in two tiers: what others stand on (the data servers), and the rest.
///
/// All start together; when they stop, the upper tier goes first, so that each can still finish its work.
public final class Supervisor {
    private static final Duration GRACE_OF_SERVICES = Duration.ofMillis(4500);
    private static final Duration GRACE_OF_SERVERS = Duration.ofMillis(4000);

    private final DataDirectory data;
    private final List<Supervised> lower;
    private final List<Supervised> upper;
    private final ProcessId self = ProcessId.self();
    private boolean complete;
    private boolean ending;

    public Supervisor(DataDirectory data, List<? extends Server> lower, List<? extends Server> upper) {
        this.data = data;
        this.lower = supervised(lower);
        this.upper = supervised(upper);
    }

    private List<Supervised> supervised(List<? extends Server> servers) {
        return servers.stream()
                .map(server -> new Supervised(server, data.log(server.name()), this::write))
                .toList();
    }

    /// Launches all, and tells of each as it gets ready.
    public void start(Progress progress) {
        write();
        for (var supervised : all()) {
            var name = supervised.state().name();
            var said = supervised.ready().thenAccept(time -> progress.ready(supervised.state(), time));
            said.exceptionally(failure -> null);
            Thread.ofVirtual().name("keep-" + name).start(supervised::keep);
        }
    }

    /// Returns when each is ready; the first that fails, or the end of patience, is a failure.
    public void awaitReady(Duration patience) throws StartFailedException, IOException, InterruptedException {
        awaitReady(patience, patience, waiting -> {});
    }

    /// The same, and tells every so often who is waited for.
    public void awaitReady(Duration patience, Duration often, Consumer<List<ProcessState>> waiting)
            throws StartFailedException, IOException, InterruptedException {
        var all = all().stream().map(Supervised::ready).toList();
        var everything = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
        var firstFailure = new CompletableFuture<Void>();
        all.forEach(one -> one.exceptionally(failure -> {
            firstFailure.completeExceptionally(failure);
            return Duration.ZERO;
        }));
        var end = System.nanoTime() + patience.toNanos();
        var either = CompletableFuture.anyOf(everything, firstFailure);
        try {
            while (!isDone(either, Math.min(often.toNanos(), end - System.nanoTime()))) {
                if (System.nanoTime() >= end) {
                    var late = waiting().getFirst();
                    throw StartFailedException.silent(late.name(), patience.toSeconds(), data.log(late.name()));
                }
                waiting.accept(waiting());
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StartFailedException failure -> throw failure;
                case IOException failure -> throw failure;
                case null, default -> throw new IllegalStateException("A process was not kept", e);
            }
        }
    }

    private static boolean isDone(CompletableFuture<?> future, long nanos)
            throws ExecutionException, InterruptedException {
        try {
            future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /// The processes that are not ready at this moment.
    public List<ProcessState> waiting() {
        return all().stream()
                .map(Supervised::state)
                .filter(state -> state.health() != Health.UP)
                .toList();
    }

    /// From now on the state says that the suite is up.
    public synchronized void declareComplete() {
        complete = true;
        write();
    }

    /// Takes all down and returns when nothing runs any more. Repeatable.
    public void stop() throws InterruptedException {
        synchronized (this) {
            ending = true;
        }
        stop(upper, GRACE_OF_SERVICES);
        stop(lower, GRACE_OF_SERVERS);
        try {
            Files.deleteIfExists(data.state());
        } catch (IOException e) {
            throw new UncheckedIOException("The state of what ran stays behind", e);
        }
    }

    private static void stop(List<Supervised> tier, Duration grace) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var supervised : tier) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    supervised.stop(grace);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private List<Supervised> all() {
        var all = new ArrayList<>(lower);
        all.addAll(upper);
        return all;
    }

    private synchronized void write() {
        if (ending) {
            return;
        }
        try {
            var processes = all().stream().map(Supervised::state).toList();
            new RunState(complete, self, processes).write(data);
        } catch (IOException e) {
            System.err.println("The state of what runs could not be written: " + e);
        }
    }

    /// Hears of each process that got ready for the first time.
    @FunctionalInterface
    public interface Progress {
        void ready(ProcessState process, Duration time);
    }
}
