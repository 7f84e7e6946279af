package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.load.Questions;
import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.report.Progress;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Devices;
import io.xiaoer.drills.load.Fleet;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import io.xiaoer.drills.load.Speech;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shoppers who talk while windows of time are measured, and whose ledger is judged in the end.
final class Talk implements Contender, AutoCloseable {
    /// Longer than the suite takes to tell that an answer is overdue.
    private static final Duration QUIET = Duration.ofSeconds(150);
    private static final int TOLD = 5;
    /// Of the ids of shoppers, but those of a drill.
    private static final String PREFIX = "bench-";
    private static final Duration BREATH = Duration.ofSeconds(10);
    /// Everything has an outcome by then.
    private static final Duration SLA = Duration.ofSeconds(30);

    private final Stand stand;
    private final String contender;
    private final Gateway gateway;
    private final List<NettyDial> dials;
    private final Fleet fleet;
    private final Timeline time = new Timeline(System::nanoTime);
    private final Lateness lateness = new Lateness();

    /// The token of the shop that was taught something for this alone.
    private @Nullable String taught;

    /// What shoppers say.
    sealed interface Words {
        /// Questions that the shop is taught for it, to which no other service is needed.
        record OfADrill() implements Words {}

        /// Questions of its FAQ, about orders, and dialogs.
        record OfTheDemoShop() implements Words {}

        /// What the scenario gives them to say.
        record Given(Speech.Each speech) implements Words {}
    }

    /// A stretch of a window in which so much is said.
    record Step(String name, int perSecond, Duration length) {}

    private Talk(Stand stand, String contender, Plan plan, Devices devices, Manner manner, List<NettyDial> dials)
            throws IOException {
        this.stand = stand;
        this.contender = contender;
        this.gateway = new Gateway(stand.suite().gateway());
        this.dials = List.copyOf(dials);
        this.fleet = new Fleet(plan, gateway, time, devices, manner, List.copyOf(dials));
    }

    /// Makes the shoppers and their orders and connects their devices.
    ///
    /// @param dials how they connect; closed with this
    static Talk begin(Stand stand, String contender, Plan plan, Devices devices, Manner manner, List<NettyDial> dials)
            throws IOException, InterruptedException {
        return begin(stand, contender, plan, devices, manner, dials, new Words.OfTheDemoShop());
    }

    static Talk begin(
            Stand stand,
            String contender,
            Plan plan,
            Devices devices,
            Manner manner,
            List<NettyDial> dials,
            Words words)
            throws IOException, InterruptedException {
        var talk = new Talk(stand, contender, plan, devices, manner, dials);
        try {
            talk.assemble(plan, words);
            return talk;
        } catch (IOException | InterruptedException | RuntimeException e) {
            talk.close();
            throw e;
        }
    }

    private void assemble(Plan plan, Words words) throws IOException, InterruptedException {
        var run = Long.toString(System.currentTimeMillis(), 36).toUpperCase(Locale.ROOT);
        var merchant = stand.suite().merchant(plan.shop());
        stand.progress().tell("%s: %d shoppers come into the shop".formatted(contender, plan.shoppers()));
        try (var watch =
                stand.progress().watch(() -> "%s: connecting, %.0f s".formatted(contender, time.now() / 1000.0))) {
            switch (words) {
                case Words.OfADrill drill -> {
                    taught = merchant;
                    fleet.assemble(merchant, run);
                }
                case Words.OfTheDemoShop demo -> assemble(merchant, run);
                case Words.Given(var speech) -> fleet.assemble(merchant, PREFIX + run, speech);
            }
        }
        dials.forEach(dial -> dial.watch(lateness));
        stand.progress()
                .tell("%s: %d devices of %d shoppers are connected"
                        .formatted(contender, fleet.connections(), plan.shoppers()));
    }

    private void assemble(String merchant, String run) throws IOException, InterruptedException {
        fleet.assemble(
                merchant, PREFIX + run, Questions.ofTheDemoShop(stand.wishes().ofFaq()));
        var calls = new Calls(gateway);
        for (var batch : Questions.orders(run, fleet.names())) {
            calls.lines("/api/v1/orders/batch", merchant, batch, "giving the shoppers orders");
        }
    }

    @Override
    public void warmUp(int perSecond, Duration length) throws IOException, InterruptedException {
        for (var step = 1; step <= WARMING_STEPS; step++) {
            var from = begin(Math.max(1, perSecond * step / WARMING_STEPS));
            var part = length.dividedBy(WARMING_STEPS);
            try (var watch = watch("%s, warming up".formatted(contender), from, part)) {
                TimeUnit.MILLISECONDS.sleep(part.toMillis());
                fleet.hush();
                var _ = fleet.settle(BREATH);
            }
        }
    }

    /// Warms up with shoppers of its own: whoever was handed to a person meanwhile gets no answers any more.
    ///
    /// @return what was lost, doubled, misordered or left without any outcome
    static List<Breach> warmUp(
            Stand stand, String contender, Plan plan, Manner manner, NettyDial dial, Words words, Duration length)
            throws IOException, InterruptedException {
        try (var talk = begin(stand, contender, plan, Question.SEVERAL, manner, List.of(dial), words)) {
            talk.warmUp(plan.perSecond(), length);
            var _ = talk.fleet.settle(SLA);
            return talk.judge().breaches();
        }
    }

    @Override
    public Window window(int number, int perSecond, Duration length) throws IOException, InterruptedException {
        return window(contender, number, perSecond, length);
    }

    /// The same as the turn of one of several contenders.
    Window window(String turn, int number, int perSecond, Duration length) throws IOException, InterruptedException {
        return window(turn, number, perSecond, length, perSecond);
    }

    /// @param wanted a second, or the window is void; 0 if less voids nothing
    private Window window(String turn, int number, int perSecond, Duration length, int wanted)
            throws IOException, InterruptedException {
        var before = stand.begin();
        var from = begin(perSecond);
        var what = "%s, round %d".formatted(turn, number);
        try (var watch = watch(what, from, length)) {
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            fleet.hush();
            var to = time.micros();
            var seen = lateness.since();
            settle();
            return new Window(turn, number, from, to, wanted, before, stand.usage(), seen);
        }
    }

    /// Measures one step after the other, with no rest between.
    List<Window> steps(List<Step> steps) throws IOException, InterruptedException {
        var windows = new ArrayList<Window>();
        for (Step step : steps) {
            var before = stand.begin();
            var from = begin(step.perSecond());
            try (var watch = watch(step.name(), from, step.length())) {
                TimeUnit.MILLISECONDS.sleep(step.length().toMillis());
                fleet.hush();
                windows.add(new Window(step.name(), 1, from, time.micros(), before, stand.usage(), lateness.since()));
            }
        }
        settle();
        return windows;
    }

    /// Cuts all connections at once while everybody says something, and waits until everything is there again.
    ///
    /// @return how long that took after the cut, in seconds, and the window
    Resumed storm(int number, int perSecond, Duration length) throws IOException, InterruptedException {
        var cut = time.micros();
        fleet.drop();
        var window = window(contender, number, perSecond, length, 0);
        return new Resumed(window, (time.micros() - cut) / 1e6);
    }

    record Resumed(Window window, double seconds) {}

    private long begin(int perSecond) {
        lateness.since();
        var from = time.micros();
        fleet.talk(perSecond, lateness);
        return from;
    }

    private Progress.Watch watch(String what, long from, Duration length) {
        var counts = fleet.counts();
        var said = counts.said();
        var answered = counts.answered();
        return stand.progress()
                .watch(() -> "%s: %3.0f of %d s, %d said, %d answered, %d under way"
                        .formatted(
                                what,
                                (time.micros() - from) / 1e6,
                                length.toSeconds(),
                                counts.said() - said,
                                counts.answered() - answered,
                                counts.said() - counts.answered()));
    }

    private void settle() throws InterruptedException {
        if (!fleet.settle(QUIET)) {
            tell("some are still waiting");
            fleet.waitsFor(TOLD).forEach(stand.progress()::tell);
        }
    }

    /// All devices go, and stay away until they come back.
    void leave() {
        fleet.leave();
    }

    void comeBack() throws IOException, InterruptedException {
        try (var watch =
                stand.progress().watch(() -> "%s: %d devices come back".formatted(contender, fleet.connections()))) {
            fleet.comeBack();
        }
    }

    Fleet fleet() {
        return fleet;
    }

    /// Something that who watches should know.
    void tell(@Nullable String line) {
        stand.progress().tell(contender + ": " + line);
    }

    Gateway gateway() {
        return gateway;
    }

    Timeline time() {
        return time;
    }

    @Override
    public Ledger judge() throws IOException, InterruptedException {
        fleet.silence();
        return Ledger.of(fleet.ledgers(), fleet.logs());
    }

    @Override
    public void close() {
        fleet.close();
        unteach();
        dials.forEach(NettyDial::close);
        gateway.close();
    }

    private void unteach() {
        var merchant = taught;
        if (merchant == null) {
            return;
        }
        try {
            fleet.unteach(merchant);
        } catch (IOException e) {
            tell("the shop keeps what it was taught: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
