package io.xiaoer.session.conversation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/// The calls that wait for something to be said. A waiting call holds no thread. Each ends when it is told to, when its
/// time is over, or when the instance stops; there are at most [#MOST], and one more ends at once.
@Component
class Waiting implements SmartLifecycle {

    static final int MOST = 20_000;

    private final Set<Call<?>> calls = ConcurrentHashMap.newKeySet();
    private final Executor threads;
    private volatile boolean running;

    Waiting(@Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads, MeterRegistry registry) {
        this.threads = threads;
        Gauge.builder("xiaoer.calls.waiting", calls, Set::size)
                .description("Calls that wait for something to be said")
                .register(registry);
    }

    /// Begins a wait.
    ///
    /// @param otherwise what is answered when nothing ends it in time; cheap
    /// @param after what is done when it has ended, however it did
    <T> Call<T> begin(Duration longest, Supplier<T> otherwise, Runnable after) {
        var result = new DeferredResult<T>(longest.toMillis(), otherwise);
        var call = new Call<>(result, otherwise);
        result.onCompletion(() -> {
            calls.remove(call);
            threads.execute(after);
        });
        if (running && calls.size() < MOST) {
            calls.add(call);
        } else {
            call.end(threads, otherwise);
        }
        return call;
    }

    /// Ends a wait with what is computed on a thread of its own, unless it has ended.
    <T> void end(Call<T> call, Supplier<T> answer) {
        call.end(threads, answer);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        calls.forEach(this::endOtherwise);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Stopped before the web server, whose graceful end would wait for these calls.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private <T> void endOtherwise(Call<T> call) {
        end(call, call.otherwise);
    }

    /// One waiting call.
    static final class Call<T> {

        private final DeferredResult<T> result;
        private final Supplier<T> otherwise;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Call(DeferredResult<T> result, Supplier<T> otherwise) {
            this.result = result;
            this.otherwise = otherwise;
        }

        DeferredResult<T> result() {
            return result;
        }

        private void end(Executor threads, Supplier<T> answer) {
            if (ended.compareAndSet(false, true)) {
                threads.execute(() -> {
                    try {
                        result.setResult(answer.get());
                    } catch (RuntimeException e) {
                        result.setErrorResult(e);
                    }
                });
            }
        }
    }
}
