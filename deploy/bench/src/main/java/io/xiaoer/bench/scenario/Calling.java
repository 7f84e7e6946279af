package io.xiaoer.bench.scenario;

import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Fleet.Known;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Gateway.Reply;
import io.xiaoer.drills.load.OpenLoop;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Shoppers who read their session over REST through one door, in an open loop. What is said in the ledger is a call
/// here, and the reply is both its acknowledgement and its answer.
final class Calling implements Contender, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Stand stand;
    private final String contender;
    private final Gateway door;
    private final List<Known> callers;
    private final Timeline time = new Timeline(System::nanoTime);
    private final Lateness lateness = new Lateness();
    private final OpenLoop loop;
    private final List<Said> said = new ArrayList<>();
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();

    Calling(Stand stand, String contender, URI door, List<Known> callers) {
        this.stand = stand;
        this.contender = contender;
        this.door = new Gateway(door);
        this.callers = List.copyOf(callers);
        this.loop = new OpenLoop(new SplittableRandom(stand.wishes().seed()));
    }

    @Override
    public Window window(int number, int perSecond, Duration length) throws IOException, InterruptedException {
        var before = stand.begin();
        lateness.since();
        var from = time.micros();
        var line = "%s, round %d: %%3.0f of %d s".formatted(contender, number, length.toSeconds());
        try (var watch = stand.progress().watch(() -> line.formatted((time.micros() - from) / 1e6))) {
            loop.begin(perSecond, callers, this::call, lateness);
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            loop.end();
            var to = time.micros();
            var seen = lateness.since();
            awaitAll();
            return new Window(contender, number, from, to, before, stand.usage(), seen);
        }
    }

    /// On the loop's thread alone.
    private boolean call(Known caller, long due) {
        var next = new Said(contender + "-" + said.size(), "a call", time.micros(due));
        said.add(next);
        next.sent(time.micros());
        var path = "/api/v1/bot/sessions/" + caller.session();
        underWay.add(door.call("GET", path, caller.token(), null, PATIENCE)
                .handle((reply, failure) -> came(next, caller, reply, failure)));
        return true;
    }

    private boolean came(Said call, Known caller, @Nullable Reply reply, @Nullable Throwable failure) {
        if (reply == null) {
            call.refused("not answered: " + failure);
            return false;
        }
        if (!reply.ok() || !caller.session().equals(reply.data().getString("id"))) {
            call.refused("answered %d %s".formatted(reply.status(), reply.text()));
            return false;
        }
        var now = time.micros();
        call.acknowledged(call.clientId(), now);
        call.answered(now);
        return true;
    }

    /// Each call ends by itself, see [#PATIENCE].
    private void awaitAll() throws IOException, InterruptedException {
        try {
            CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.multipliedBy(2).toSeconds(), TimeUnit.SECONDS);
            underWay.clear();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("%s: calls that do not end".formatted(contender), e);
        }
    }

    @Override
    public Ledger judge() {
        var breaches = said.stream()
                .filter(call -> !call.isAnswered())
                .map(call -> new Breach(
                        Breach.Kind.NOT_TAKEN, contender, "%s was %s".formatted(call.clientId(), call.refusal())))
                .toList();
        var done = said.stream().filter(Said::isAnswered).count();
        return new Ledger(said, done, done, breaches, Map.of());
    }

    @Override
    public void close() {
        loop.close();
        door.close();
    }
}
