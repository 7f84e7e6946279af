package io.xiaoer.local.bench;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.api.Api;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Asks for cards at a steady rate, first as all is well and then while the parcels stand still, and tells how long
/// everything else took and what became of the service's database connections.
public final class SlowSourceBench {

    /// Within which the other parts of 99 of 100 cards must be there.
    public static final Duration BAR = Duration.ofSeconds(1);

    static final String NOTHING = "all";

    private static final Duration WELL = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
    private static final String LIST = "{ orders(first: 200) { nodes { id shipments { tracking_no } } } }";
    private static final String CARD = "query($id: ID!) { order(id: $id) { status total { amount_minor }"
            + " items { title } shipments { status } after_sales { status } coupons { id } } }";
    private static final List<String> PARTS = List.of(Cards.PARCELS, "after_sales", "coupons");

    private final Api api;
    private final String token;
    private final ServicePool pool;
    private final Standstill parcels;

    /// @param token   of the merchant whose cards they are
    /// @param parcels the source that is made to stand still
    public SlowSourceBench(Api api, String token, ServicePool pool, Standstill parcels) {
        this.api = api;
        this.token = token;
        this.pool = pool;
        this.parcels = parcels;
    }

    /// What came of it.
    ///
    /// @param back how long it took until a card had its parcels again
    public record Result(
            Cards well,
            Cards slow,
            int asked,
            ServicePool.Look before,
            ServicePool.Look during,
            ServicePool.Look after,
            Duration back) {

        /// Whether the parcels did stand still, all else was there in time, and no connection is missed.
        public boolean holds() {
            return slow.answered() == asked
                    && slow.withoutParcels() == asked
                    && inTime()
                    && after.waiting() == 0
                    && after.timeouts() == before.timeouts();
        }

        private boolean inTime() {
            return slow.othersAreThere() && slow.ms(0.99) <= BAR.toMillis();
        }

        /// In a few lines, for people.
        public String told() {
            return String.format(
                    Locale.ROOT,
                    """
                    while all is well:         %s
                    while parcels stand still: %s
                    database connections of order-sync-service: before %s; meanwhile at most %s; after %s; %d waited in vain
                    parcels are back after %.1f s
                    everything but the parcels there, within %d ms for 99 of 100 cards: %s""",
                    well.told(),
                    slow.told(),
                    before.told(),
                    during.told(),
                    after.told(),
                    after.timeouts() - before.timeouts(),
                    back.toMillis() / 1000.0,
                    BAR.toMillis(),
                    inTime() ? "yes" : "NO");
        }
    }

    /// Blocks until the parcels are back.
    public Result run(int perSecond, Duration length) throws IOException, InterruptedException {
        var orders = orders();
        try (var metrics = HttpClient.newHttpClient()) {
            var well = ask(orders, perSecond, WELL);
            var before = pool.look(metrics);
            Cards slow;
            var during = new AtomicReference<>(before);
            try (var held = parcels.begin();
                    var looking = new Looking(metrics, during)) {
                slow = ask(orders, perSecond, length);
            }
            var back = untilBack(orders.getFirst());
            int asked = Math.toIntExact(perSecond * length.toSeconds());
            return new Result(well, slow, asked, before, during.get(), pool.look(metrics), back);
        }
    }

    /// Orders that have a parcel, so that a missing one is seen.
    private List<String> orders() throws IOException, InterruptedException {
        var reply = api.post("/graphql", token, JSONObject.of("query", LIST));
        if (!reply.ok() || !(reply.json().getJSONObject("data") instanceof JSONObject data)) {
            throw new IOException("The orders of the shop cannot be listed: " + reply.reason());
        }
        var page = data.getJSONObject("orders");
        var nodes = page == null ? new JSONArray() : page.getJSONArray("nodes");
        var found = nodes.toJavaList(JSONObject.class).stream()
                .filter(order -> order.getJSONArray("shipments") instanceof JSONArray parts && !parts.isEmpty())
                .map(order -> order.getString("id"))
                .toList();
        if (found.isEmpty()) {
            throw new IOException("The shop has no order with a parcel");
        }
        return found;
    }

    private Cards ask(List<String> orders, int perSecond, Duration length) throws InterruptedException {
        int count = Math.toIntExact(perSecond * length.toSeconds());
        var cards = new Cards(count);
        var left = new CountDownLatch(count);
        long began = System.nanoTime();
        try (var clock = Executors.newSingleThreadScheduledExecutor();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < count; number++) {
                long due = TimeUnit.SECONDS.toNanos(number) / perSecond;
                var order = orders.get(number % orders.size());
                clock.schedule(
                        () -> threads.execute(() -> {
                            var lacking = lacking(order);
                            cards.add(System.nanoTime() - began - due, lacking);
                            left.countDown();
                        }),
                        due - (System.nanoTime() - began),
                        TimeUnit.NANOSECONDS);
            }
            left.await();
        }
        return cards;
    }

    /// The parts that a card lacks; all of it if it did not come.
    private Set<String> lacking(String id) {
        try {
            var asked = JSONObject.of("query", CARD, "variables", JSONObject.of("id", id));
            var data = api.post("/graphql", token, asked).json().getJSONObject("data");
            if (data == null || !(data.getJSONObject("order") instanceof JSONObject order)) {
                return Set.of(NOTHING);
            }
            var lacking = new TreeSet<>(PARTS);
            lacking.removeIf(part -> order.get(part) != null);
            return lacking;
        } catch (IOException away) {
            return Set.of(NOTHING);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Set.of(NOTHING);
        }
    }

    private Duration untilBack(String order) throws InterruptedException {
        long began = System.nanoTime();
        var never = new CountDownLatch(1);
        while (lacksParcels(order) && System.nanoTime() - began < BACK_WITHIN.toNanos()) {
            var ignored = never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private boolean lacksParcels(String order) {
        var lacking = lacking(order);
        return lacking.contains(Cards.PARCELS) || lacking.contains(NOTHING);
    }

    /// Looks at the connections four times a second until it is closed.
    private final class Looking implements AutoCloseable {

        private final CountDownLatch end = new CountDownLatch(1);
        private final Thread thread;

        private Looking(HttpClient metrics, AtomicReference<ServicePool.Look> most) {
            thread = Thread.ofVirtual().name("pool").start(() -> look(metrics, most));
        }

        private void look(HttpClient metrics, AtomicReference<ServicePool.Look> most) {
            try {
                do {
                    most.accumulateAndGet(pool.look(metrics), ServicePool.Look::orMore);
                } while (!end.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
            } catch (IOException away) {
                System.err.println("The metrics of order-sync-service went away: " + away);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws InterruptedException {
            end.countDown();
            thread.join();
        }
    }
}
