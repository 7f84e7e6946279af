package io.xiaoer.drills.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// All clicks of all keys, each on a thread of its own, let go at one moment. Each repeats its call until it is
/// answered.
public final class Clicking implements AutoCloseable {
    private static final long LOOK_AGAIN_MS = 20;

    private final Backend backend;
    private final List<Clicks> all;
    private final int calls;
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch begin = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Clicking(Backend backend, List<Clicks> all, CommandPlan plan) {
        this.backend = backend;
        this.all = all;
        this.calls = plan.calls();
    }

    /// @param market is open
    public static Clicking begin(Backend backend, Market market, CommandPlan plan) {
        var clicking =
                new Clicking(backend, market.wishes().stream().map(Clicks::new).toList(), plan);
        var random = new SplittableRandom(plan.seed());
        for (Clicks each : clicking.all) {
            for (var click = 0; click < plan.clicks(); click++) {
                var own = random.split();
                clicking.threads.execute(() -> clicking.click(each, own));
            }
        }
        clicking.begin.countDown();
        return clicking;
    }

    private void click(Clicks clicks, RandomGenerator chance) {
        var wish = clicks.wish();
        try {
            begin.await();
            var reply = backend.untilAnswered(
                    "POST", wish.kind().path(), wish.body(), Map.of("Idempotency-Key", wish.key()), chance);
            if (reply.status() == 202) {
                clicks.accepted(Objects.requireNonNullElse(reply.data().getString("id"), "no id"));
            } else {
                clicks.refused(reply.status() + " " + reply.text());
            }
        } catch (IOException never) {
            clicks.refused(String.valueOf(never.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        answered.incrementAndGet();
    }

    /// Waits until so many calls are answered.
    ///
    /// @return how many are
    public int await(int wanted, long patienceMs) throws InterruptedException {
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        while (answered.get() < Math.min(wanted, calls) && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        return answered.get();
    }

    /// Looks where each command stands that has not ended yet.
    ///
    /// @return how many those are
    public int look(RandomGenerator chance) throws IOException, InterruptedException {
        var open = new ArrayList<Clicks>();
        for (Clicks each : all) {
            if (!each.hasEnded() && !each.ids().isEmpty()) {
                var path = "/api/v1/commands/" + each.ids().iterator().next();
                var attributes =
                        backend.expect("GET", path, null, chance).data().getJSONObject("attributes");
                var reason = attributes.getString("reason");
                each.stands(
                        Objects.requireNonNullElse(attributes.getString("status"), ""), reason == null ? "" : reason);
            }
            if (!each.hasEnded()) {
                open.add(each);
            }
        }
        return open.size();
    }

    List<Clicks> all() {
        return all;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
