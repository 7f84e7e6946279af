package io.xiaoer.drills.failing;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.command.Backend;
import io.xiaoer.drills.failing.Dud.Kind;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Gives the suite one thing after the other that it cannot process, in time whether or not what was given before was
/// taken; each is repeated until it is.
public final class Giving implements AutoCloseable {
    /// Of so many things one is a record and the others are commands.
    private static final int RECORD_EACH = 4;

    private final Backend backend;
    private final Records records;
    private final FailingPlan plan;
    private final Timeline time;
    private final String name;
    private final SplittableRandom random;
    private final List<Dud> all = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Thread giver = Thread.ofPlatform().daemon().unstarted(() -> {});

    /// @param run tells what is made for this run from that of others
    public Giving(Backend backend, Records records, FailingPlan plan, String run, Timeline time) {
        this.backend = backend;
        this.records = records;
        this.plan = plan;
        this.time = time;
        this.name = "drill-" + run;
        this.random = new SplittableRandom(plan.seed());
    }

    public void begin() {
        giver = Thread.ofPlatform().daemon().name("giver").start(this::giveAll);
    }

    private void giveAll() {
        try {
            do {
                give(all.size());
            } while (all.size() < plan.most() && !end.await(plan.every().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(int number) {
        var own = random.split();
        var kind = number % RECORD_EACH == RECORD_EACH - 1 ? Kind.RECORD : Kind.COMMAND;
        var dud = new Dud(kind, "%s-%04d".formatted(name, number));
        all.add(dud);
        threads.execute(() -> {
            try {
                switch (kind) {
                    case COMMAND -> command(dud, own);
                    case RECORD -> write(dud);
                }
            } catch (IOException refused) {
                dud.refused(String.valueOf(refused.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void command(Dud dud, RandomGenerator chance) throws IOException, InterruptedException {
        var body = JSONObject.of("user_id", user(dud), "template_id", template());
        var reply = backend.untilAnswered(
                "POST", "/api/v1/commands/coupons", body, Map.of("Idempotency-Key", dud.name()), chance);
        var id = reply.data().getString("id");
        if (reply.status() == 202 && id != null) {
            dud.taken(id, time.now());
        } else {
            dud.refused(reply.status() + " " + reply.text());
        }
    }

    private void write(Dud dud) throws IOException, InterruptedException {
        records.write(dud.name());
        dud.taken(dud.name(), time.now());
    }

    /// Gives nothing more; waits until all is taken or refused.
    ///
    /// @return whether that came true in time
    public boolean end(Duration patience) throws InterruptedException {
        end.countDown();
        giver.join();
        threads.shutdown();
        return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    List<Dud> all() {
        return all;
    }

    List<Dud> commands() {
        return all.stream().filter(Dud::isCommand).toList();
    }

    /// The template that all commands want, which is not there.
    String template() {
        return name + "-coupon";
    }

    /// The shopper for whom a command asks, of whom there is one for each.
    static String user(Dud dud) {
        return dud.name() + "-user";
    }

    @Override
    public void close() {
        end.countDown();
        threads.shutdownNow();
    }
}
