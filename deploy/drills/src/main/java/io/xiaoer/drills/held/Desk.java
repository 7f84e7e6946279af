package io.xiaoer.drills.held;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.HeldLedger;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Fleet.Known;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A person of the shop: takes shoppers as soon as they wait for one, says something to each of them every other
/// second, the same under its id until it is acknowledged, and gives them back to the bot in the end.
public final class Desk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TAKEN = Duration.ofMinutes(2);
    private static final long LOOK_AGAIN_MS = 500;
    private static final long PAUSE_MS = 2_000;

    private final Gateway gateway;
    private final Calls calls;
    private final String token;
    private final Timeline time;
    private final SplittableRandom random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Future<Boolean>> taking = new ConcurrentLinkedQueue<>();
    private final Queue<Future<Boolean>> talks = new ConcurrentLinkedQueue<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final CountDownLatch silence = new CountDownLatch(1);

    /// @param token the person's
    public Desk(Gateway gateway, String token, Timeline time, long seed) {
        this.gateway = gateway;
        this.calls = new Calls(gateway);
        this.token = token;
        this.time = time;
        this.random = new SplittableRandom(seed);
    }

    /// A session that is held, with what was said in it here.
    private record Session(Known shopper, List<Said> said, String until) {
        Session until(String newest) {
            return new Session(shopper, said, newest);
        }

        String messages() {
            return "/api/v1/bot/sessions/" + shopper.session() + "/messages";
        }

        String deed(String what) {
            return "/api/v1/agent/sessions/" + shopper.session() + "/" + what;
        }
    }

    /// Takes each of them once they wait for a person. Returns at once.
    public void take(List<Known> shoppers) {
        for (Known shopper : shoppers) {
            var own = random.split();
            var session = new Session(shopper, new CopyOnWriteArrayList<>(), Message.ZERO);
            taking.add(threads.submit(() -> {
                accept(session);
                sessions.put(shopper.name(), session);
                talks.add(threads.submit(() -> talk(session, own)));
                return true;
            }));
        }
    }

    /// Waits until all that were to be taken are.
    public void awaitTaken() throws IOException, InterruptedException {
        await(taking);
    }

    private void accept(Session session) throws IOException, InterruptedException {
        var until = System.nanoTime() + TAKEN.toNanos();
        var last = "no answer";
        while (System.nanoTime() < until) {
            try {
                var reply = gateway.call("POST", session.deed("accept"), token, new JSONObject(), PATIENCE)
                        .join();
                if (reply.ok()) {
                    return;
                }
                last = reply.status() + " " + reply.text();
            } catch (CompletionException broken) {
                last = String.valueOf(broken.getCause());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        throw new IOException(
                "%s could not be taken: %s".formatted(session.shopper().name(), last));
    }

    private boolean talk(Session session, SplittableRandom own) throws InterruptedException {
        for (var n = 1; !silence.await(PAUSE_MS / 2 + own.nextLong(PAUSE_MS), TimeUnit.MILLISECONDS); n++) {
            var clientId = new UUID(own.nextLong(), own.nextLong()).toString();
            var said = new Said(clientId, "客服为您服务，第 %d 句".formatted(n), time.micros());
            session.said().add(said);
            said.sent(time.micros());
            say(session, said);
        }
        return true;
    }

    private void say(Session session, Said said) {
        var body = JSONObject.of("id", said.clientId(), "text", said.text());
        try {
            var reply = calls.expect("POST", session.messages(), token, body, "a word of the person");
            var id = reply.data().getString("id");
            if (id == null) {
                said.refused("acknowledged without an id");
            } else {
                said.acknowledged(id, time.micros());
            }
        } catch (IOException refused) {
            said.refused("refused: " + refused.getMessage());
        }
    }

    /// Says nothing more; returns when everything is acknowledged or refused.
    public void fallSilent() throws IOException, InterruptedException {
        silence.countDown();
        await(talks);
    }

    /// Gives all sessions back to the bot.
    public void release() throws IOException, InterruptedException {
        var all = new ArrayList<Callable<Boolean>>();
        for (Session session : sessions.values()) {
            all.add(() -> {
                var log = calls.log(session.messages(), session.shopper().token());
                var newest = log.isEmpty() ? Message.ZERO : log.getLast().id();
                sessions.put(session.shopper().name(), session.until(newest));
                calls.expect("POST", session.deed("release"), token, new JSONObject(), "giving a session back");
                return true;
            });
        }
        Calls.inParallel(all);
    }

    /// What was said in the session of a shopper, who was taken.
    public HeldLedger ledger(String shopper) {
        var session = Objects.requireNonNull(sessions.get(shopper), shopper);
        return new HeldLedger(List.copyOf(session.said()), session.until());
    }

    private static void await(Collection<Future<Boolean>> all) throws IOException, InterruptedException {
        for (Future<Boolean> each : all) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
