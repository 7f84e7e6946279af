package io.xiaoer.drills.foreign;

import io.xiaoer.drills.foreign.Attempt.Scope;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.OpenLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody with tokens of another shop, who tries everything, over and over, in an open loop.
public final class Stranger implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_MS = 100;
    private static final List<Scope> ON_SOCKETS = List.of(Scope.SHOPPER, Scope.AGENT);

    private final Gateway gateway;
    private final Calls calls;
    private final Belongings first;
    private final Map<Scope, String> tokens;
    private final String mark;
    private final List<Attempt> attempts;
    private final ForeignChecker checker;
    private final OpenLoop loop;
    private final AtomicInteger pending = new AtomicInteger();
    private Map<String, String> before = Map.of();

    /// @param merchant a token of the other shop's backend
    /// @param agent    and of one of its people
    public Stranger(Gateway gateway, Belongings first, String merchant, String agent, String run, long seed)
            throws IOException {
        this.gateway = gateway;
        this.calls = new Calls(gateway);
        this.first = first;
        // The shopper of the other shop is called as the one of the first.
        this.tokens = Map.of(
                Scope.MERCHANT,
                merchant,
                Scope.AGENT,
                agent,
                Scope.SHOPPER,
                calls.chatToken(merchant, first.shopper()));
        this.mark = "theirs-" + run;
        this.attempts = Attempts.on(first, mark);
        var names = new ArrayList<>(attempts.stream().map(Attempt::name).toList());
        ON_SOCKETS.forEach(scope -> names.add(ForeignChecker.socket(scope)));
        this.checker = new ForeignChecker(first.marks(), names);
        this.loop = new OpenLoop(new SplittableRandom(seed));
    }

    /// Asks with the owner's own tokens first: the secret must be in these answers, or nobody would see it in others.
    public void proveSight() throws IOException {
        for (Attempt attempt : attempts) {
            if (attempt.telling()) {
                var token = attempt.scope() == Scope.SHOPPER ? first.token() : first.merchant();
                var reply = calls.expect(attempt.method(), attempt.path(), token, attempt.body(), attempt.name());
                if (!reply.text().contains(first.secret())) {
                    throw new IOException(
                            "The owner is not shown the secret by %s: %s".formatted(attempt.name(), reply.text()));
                }
            }
        }
        before = first.seen();
    }

    public void begin(int perSecond) {
        var turns = new ArrayList<Runnable>();
        attempts.forEach(attempt -> turns.add(() -> ask(attempt)));
        ON_SOCKETS.forEach(scope -> turns.add(() -> connect(scope)));
        loop.begin(
                perSecond,
                turns,
                (turn, due) -> {
                    turn.run();
                    return true;
                },
                late -> {});
    }

    private void ask(Attempt attempt) {
        pending.incrementAndGet();
        gateway.call(
                        attempt.method(),
                        attempt.path(),
                        token(attempt.scope()),
                        attempt.body(),
                        PATIENCE,
                        attempt.headers())
                .whenComplete((reply, failure) -> {
                    if (failure == null) {
                        checker.came(attempt, reply);
                    } else {
                        checker.failed();
                    }
                    pending.decrementAndGet();
                });
    }

    private void connect(Scope scope) {
        gateway.connect("web", token(scope), new StrangersLine(scope, first.session(), mark, checker))
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        checker.failed();
                    }
                });
    }

    private String token(Scope scope) {
        return Objects.requireNonNull(tokens.get(scope));
    }

    /// Tries nothing more, waits for the last answers, and takes away what answers questions in the other shop.
    public void end() throws IOException, InterruptedException {
        loop.end();
        var until = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (pending.get() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        calls.delete(first.faqPath(), token(Scope.MERCHANT));
        checker.compare(before, first.seen());
    }

    public List<Breach> breaches() {
        return checker.breaches();
    }

    /// How much was answered and what failed, for people.
    public String told() {
        return "%d attempts of %d kinds were answered, each kind at least %d times; %d failed"
                .formatted(checker.answers(), attempts.size() + ON_SOCKETS.size(), checker.least(), checker.failures());
    }

    /// How often that was answered which was answered least.
    public long judged() {
        return checker.least();
    }

    @Override
    public void close() {
        loop.close();
    }
}
