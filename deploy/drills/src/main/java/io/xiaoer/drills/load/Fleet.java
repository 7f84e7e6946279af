package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.ShopperLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// All shoppers of a drill.
public final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int QUESTIONS = 100;
    private static final int AT_ONCE = 32;
    private static final int PAGE = 200;
    private static final int TRIES = 15;
    private static final long TICK_MS = 250;
    private static final long LOOK_AGAIN_MS = 500;

    private final Plan plan;
    private final Gateway gateway;
    private final Timeline time;
    private final SplittableRandom random;
    private final List<Shopper> shoppers = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("devices").factory());
    private volatile boolean talking;
    private volatile boolean stopped;
    private List<ShopperLedger> ledgers = List.of();
    private Thread talker = Thread.ofPlatform().daemon().unstarted(() -> {});

    public Fleet(Plan plan, Gateway gateway, Timeline time) {
        this.plan = plan;
        this.gateway = gateway;
        this.time = time;
        this.random = new SplittableRandom(plan.seed());
    }

    /// Makes the shoppers, opens their sessions and connects every device; returns when all are in sync.
    ///
    /// @param merchant a token of the shop's backend
    /// @param run tells the shoppers of this run from those of others
    public void assemble(String merchant, String run) throws IOException, InterruptedException {
        var questions = teach(merchant);
        var making = new ArrayList<Callable<Shopper>>();
        for (var number = 0; number < plan.shoppers(); number++) {
            var n = number;
            var own = random.split();
            making.add(() -> shopper(n, "drill-%s-%d".formatted(run, n), merchant, questions, own));
        }
        shoppers.addAll(inParallel(making));
        clock.scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
        if (!settle(Duration.ofSeconds(90))) {
            throw new IOException("Not all devices could connect before the drill");
        }
    }

    /// The ids of the shoppers, in the order of [#logs].
    public List<String> names() {
        return shoppers.stream().map(Shopper::name).toList();
    }

    /// Gives the shop answers to a list of questions.
    private List<String> teach(String merchant) throws IOException {
        var questions = new ArrayList<String>();
        var lines = new StringBuilder();
        for (var i = 0; i < QUESTIONS; i++) {
            var question = "请问演练手册第 %d 条写了什么".formatted(100 + i);
            questions.add(question);
            lines.append(JSONObject.of("id", "drill-" + i, "question", question, "similar", List.of())
                            .fluentPut("answer", "第 %d 条：照常营业".formatted(100 + i))
                            .fluentPut("locale", "zh"))
                    .append('\n');
        }
        expect(call("POST", "/api/v1/faqs/import", merchant, lines.toString()), "teaching the shop");
        return List.copyOf(questions);
    }

    private Shopper shopper(int number, String name, String merchant, List<String> questions, SplittableRandom own)
            throws IOException {
        var body = JSONObject.of("user_id", name);
        var token = expect(call("POST", "/api/v1/bot/chat-tokens", merchant, body), "a chat token")
                .data()
                .getJSONObject("attributes")
                .getString("token");
        var session = expect(call("POST", "/api/v1/bot/sessions", token, JSONObject.of("device", "app")), "a session")
                .data()
                .getString("id");
        var shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(own.nextLong()));
        return new Shopper(number, name, token, session, List.copyOf(shuffled), gateway, time, own);
    }

    /// Tells when somebody talks; each shopper's turn comes as often as every other's.
    public void talk() {
        talking = true;
        talker = Thread.ofPlatform().daemon().name("talk").start(() -> {
            var turns = new ArrayList<>(shoppers);
            var begin = System.nanoTime();
            for (long n = 0; talking; n++) {
                var turn = (int) (n % turns.size());
                if (turn == 0) {
                    Collections.shuffle(turns, new Random(random.nextLong()));
                }
                var due = begin + n * TimeUnit.SECONDS.toNanos(1) / plan.perSecond();
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                turns.get(turn).talk(time.now());
            }
        });
    }

    public void hush() throws InterruptedException {
        talking = false;
        talker.join();
    }

    /// Waits until everything that was said is acknowledged and answered and every device stands at the end of its log.
    ///
    /// @return whether that came true in time
    public boolean settle(Duration patience) throws InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        while (true) {
            var waiting =
                    shoppers.stream().filter(shopper -> !shopper.settled()).toList();
            if (waiting.isEmpty()) {
                return true;
            }
            if (System.nanoTime() > until) {
                return false;
            }
            waiting.forEach(shopper -> shopper.devices().forEach(Device::probe));
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    /// What the shoppers wait for who are not settled, a line for each of the first few.
    public List<String> waitsFor(int most) {
        return shoppers.stream()
                .filter(shopper -> !shopper.settled())
                .limit(most)
                .map(Shopper::waitsFor)
                .toList();
    }

    /// The devices do nothing any more; what they have seen stands in the ledgers.
    public void silence() {
        stopped = true;
        clock.shutdown();
        ledgers = shoppers.stream().map(Shopper::ledger).toList();
        shoppers.forEach(shopper -> shopper.devices().forEach(Device::close));
    }

    /// What was written down about each shopper, in the order of [#logs].
    public List<ShopperLedger> ledgers() {
        return ledgers;
    }

    /// Reads the whole log of every shopper.
    public List<List<Message>> logs() throws IOException, InterruptedException {
        var reading = new ArrayList<Callable<List<Message>>>();
        shoppers.forEach(shopper -> reading.add(() -> log(shopper)));
        return inParallel(reading);
    }

    private List<Message> log(Shopper shopper) throws IOException {
        var log = new ArrayList<Message>();
        while (true) {
            var after = log.isEmpty() ? Message.ZERO : log.getLast().id();
            var page = page(shopper, "last_message_id=" + after);
            if (page.isEmpty()) {
                return log;
            }
            log.addAll(page);
        }
    }

    private List<Message> page(Shopper shopper, String query) throws IOException {
        var path = "%s?%s&limit=%d".formatted(shopper.messages(), query, PAGE);
        var reply = expect(call("GET", path, shopper.token(), null), "reading the log of " + shopper.name());
        return reply.list().stream().map(Message::of).toList();
    }

    private void tick() {
        for (Shopper shopper : shoppers) {
            for (Device device : shopper.devices()) {
                if (stopped) {
                    return;
                }
                device.tick();
            }
        }
    }

    /// Tries again while a part of the suite is still getting ready.
    private Gateway.Reply call(String method, String path, String token, @org.jspecify.annotations.Nullable Object body)
            throws IOException {
        Gateway.Reply reply = null;
        CompletionException last = null;
        for (var attempt = 0; attempt < TRIES; attempt++) {
            try {
                reply = gateway.call(method, path, token, body, PATIENCE).join();
                if (reply.status() < 500 && reply.status() != 429) {
                    return reply;
                }
            } catch (CompletionException e) {
                last = e;
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        if (reply == null) {
            throw new IOException(method + " " + path, last);
        }
        return reply;
    }

    private static Gateway.Reply expect(Gateway.Reply reply, String what) throws IOException {
        if (!reply.ok()) {
            throw new IOException("%s: %d %s".formatted(what, reply.status(), reply.text()));
        }
        return reply;
    }

    private static <T> List<T> inParallel(List<Callable<T>> calls) throws IOException, InterruptedException {
        var room = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        return call.call();
                    } finally {
                        room.release();
                    }
                }));
            }
            var results = new ArrayList<T>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        talking = false;
        stopped = true;
        clock.shutdownNow();
        shoppers.forEach(shopper -> shopper.devices().forEach(Device::close));
    }
}
