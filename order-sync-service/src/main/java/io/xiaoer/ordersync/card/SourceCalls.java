package io.xiaoer.ordersync.card;

import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.ordersync.order.BrokenRule;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/// Calls sources, each call on a virtual thread of its own and within its deadline.
///
/// Of one source only so many calls are under way at a time; the others wait for their turn, within their
/// deadline too. So a source that hangs holds its own share of threads and connections and no more, and its
/// callers are told `timeout` when their time is over, whether or not the call itself has ended by then. What it
/// asks the database is ended by the server ([StatementTime]); a call that has not ended soon after is
/// interrupted, which costs it its connection. A source that fails a shop again and again is not asked for that
/// shop for a while: its part is `unavailable` at once.
@Component
class SourceCalls {

    private static final Logger LOGGER = LoggerFactory.getLogger(SourceCalls.class);

    /// A part of a deadline from which on its loss matters.
    private static final int MUCH = 8;

    private static final Duration LEAST = Duration.ofMillis(1);

    /// Within which the server ends a statement whose time is over: it counts in seconds.
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Executor AFTER_GRACE =
            CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<CardSource, Semaphore> turns = new EnumMap<>(CardSource.class);
    private final Deadlines deadlines;
    private final Circuits circuits;

    SourceCalls(CardSettings settings, Deadlines deadlines, Circuits circuits) {
        this.deadlines = deadlines;
        this.circuits = circuits;
        for (var source : CardSource.values()) {
            turns.put(source, new Semaphore(source == CardSource.PERMISSIONS ? 1 : settings.concurrency(), true));
        }
    }

    /// What the source gives.
    ///
    /// @return completes within the deadline; exceptionally with [SourceAway], or with [BrokenRule] if the
    ///     question itself breaks a rule
    <T> CompletableFuture<T> call(CardSource source, ShopId shop, Callable<T> work) {
        return call(source, shop, Duration.ZERO, work);
    }

    /// As [#call(CardSource, ShopId, Callable)].
    ///
    /// @param spent of the source's time already; after much of it, who is not done in time has not failed
    <T> CompletableFuture<T> call(CardSource source, ShopId shop, Duration spent, Callable<T> work) {
        var passage = circuits.enter(source.label(), shop);
        if (passage.isEmpty()) {
            return CompletableFuture.failedFuture(new SourceAway(source, ProblemCode.UNAVAILABLE, null));
        }
        var whole = deadlines.of(shop, source);
        var left = whole.minus(spent);
        boolean curtailed = spent.multipliedBy(MUCH).compareTo(whole) > 0;
        var deadline = left.compareTo(LEAST) < 0 ? LEAST : left;
        var result = new CompletableFuture<T>();
        var ids = LogIds.current();
        var running = threads.submit(() -> {
            MDC.setContextMap(ids.ids());
            complete(result, source, deadline, work);
        });
        return result.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(given -> {
                    passage.get().succeeded();
                    return given;
                })
                .exceptionallyCompose(failure -> {
                    end(running);
                    var explained = ids.in(() -> explain(source, shop, failure));
                    end(passage.get(), explained, curtailed);
                    return CompletableFuture.failedFuture(explained);
                });
    }

    private static void end(Future<?> running) {
        if (!running.isDone()) {
            AFTER_GRACE.execute(() -> running.cancel(true));
        }
    }

    /// A question that breaks a rule was answered.
    private static void end(Circuits.Passage passage, RuntimeException explained, boolean curtailed) {
        if (explained instanceof BrokenRule) {
            passage.succeeded();
        } else if (curtailed && explained instanceof SourceAway away && away.code() == ProblemCode.TIMEOUT) {
            passage.abandoned();
        } else {
            passage.failed();
        }
    }

    private <T> void complete(CompletableFuture<T> result, CardSource source, Duration deadline, Callable<T> work) {
        var turn = turns.get(source);
        long begun = System.nanoTime();
        try {
            if (turn == null || !turn.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            try {
                var left = deadline.minusNanos(System.nanoTime() - begun);
                result.complete(StatementTime.within(left, work));
            } finally {
                turn.release();
            }
        } catch (InterruptedException tooLate) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            result.completeExceptionally(failure);
        }
    }

    private static RuntimeException explain(CardSource source, ShopId shop, Throwable failure) {
        var cause = failure instanceof CompletionException || failure instanceof ExecutionException
                ? failure.getCause()
                : failure;
        if (cause instanceof BrokenRule broken) {
            return broken;
        }
        var code = cause instanceof TimeoutException ? ProblemCode.TIMEOUT : ProblemCode.UNAVAILABLE;
        LOGGER.atWarn()
                .addKeyValue("source", source.label())
                .addKeyValue("shop_id", shop.value())
                .addKeyValue("code", code.code())
                .addKeyValue("cause", String.valueOf(cause))
                .log("A source did not answer");
        return new SourceAway(source, code, cause);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
