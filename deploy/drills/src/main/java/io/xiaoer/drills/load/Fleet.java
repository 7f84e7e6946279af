package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.ShopperLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// All shoppers of a load.
public final class Fleet implements AutoCloseable {
    private static final int QUESTIONS = 100;
    private static final Duration CONNECTED = Duration.ofSeconds(90);
    private static final Duration CAUGHT_UP = Duration.ofSeconds(10);
    private static final long TICK_MS = 250;
    private static final long LOOK_AGAIN_MS = 500;

    private final Plan plan;
    private final Gateway gateway;
    private final Timeline time;
    private final Devices devices;
    private final List<Dial> dials;
    private final Manner manner;
    private final Calls calls;
    private final Counts counts = new Counts();
    private final SplittableRandom random;
    private final OpenLoop talker;
    private final List<Shopper> shoppers = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("devices").factory());
    private volatile boolean stopped;
    private List<ShopperLedger> ledgers = List.of();
    /// Up to which id each shopper's log is judged, once the devices are silent.
    private final Map<String, String> ends = new ConcurrentHashMap<>();

    /// Shoppers of a drill.
    public Fleet(Plan plan, Gateway gateway, Timeline time) {
        this(plan, gateway, time, Devices.OF_A_DRILL, Manner.ASKING, List.of(gateway::connect));
    }

    /// @param devices what each shopper has
    /// @param dials   how those connect that speak on the WebSocket: a shopper's first by the first, and so on
    public Fleet(Plan plan, Gateway gateway, Timeline time, Devices devices, Manner manner, List<Dial> dials) {
        this.plan = plan;
        this.gateway = gateway;
        this.time = time;
        this.devices = devices;
        this.manner = manner;
        this.dials = List.copyOf(dials);
        this.calls = new Calls(gateway);
        this.random = new SplittableRandom(plan.seed());
        this.talker = new OpenLoop(random);
    }

    /// Teaches the shop answers to what will be asked, and assembles the shoppers of a drill.
    ///
    /// @param merchant a token of the shop's backend
    /// @param run tells the shoppers of this run from those of others
    public void assemble(String merchant, String run) throws IOException, InterruptedException {
        var questions = List.copyOf(teach(merchant).keySet());
        assemble(merchant, "drill-" + run, (shopper, own) -> new DrillSpeech(shopper, questions, own));
    }

    /// Makes the shoppers, opens their sessions and connects every device; returns when all are in sync.
    ///
    /// @param merchant a token of the shop's backend
    /// @param prefix of the shoppers' ids, see [#name]
    /// @param speech what each of them will say
    public void assemble(String merchant, String prefix, Speech.Each speech) throws IOException, InterruptedException {
        var making = new ArrayList<Callable<Shopper>>();
        for (var number = 0; number < plan.shoppers(); number++) {
            var n = number;
            var own = random.split();
            making.add(() -> shopper(n, name(prefix, n), merchant, speech, own));
        }
        shoppers.addAll(Calls.inParallel(making));
        clock.scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
        if (!settle(CONNECTED)) {
            throw new IOException("Not all devices could connect before the load");
        }
    }

    /// The id of a shopper.
    public static String name(String prefix, int number) {
        return prefix + "-" + number;
    }

    /// A shopper as the suite knows one.
    public record Known(String name, String token, String session) {}

    /// All of them, in the order of [#logs].
    public List<Known> known() {
        return shoppers.stream()
                .map(shopper -> new Known(shopper.name(), shopper.token(), shopper.session()))
                .toList();
    }

    /// The ids of the shoppers, in the order of [#logs].
    public List<String> names() {
        return shoppers.stream().map(Shopper::name).toList();
    }

    /// Gives the shop answers to a list of questions; returns when the bot finds them.
    ///
    /// @return the questions with their answers
    public Map<String, String> teach(String merchant) throws IOException, InterruptedException {
        var taught = new LinkedHashMap<String, String>();
        var lines = new StringBuilder();
        for (var i = 0; i < QUESTIONS; i++) {
            var question = "请问演练手册第 %d 条写了什么".formatted(100 + i);
            var answer = "第 %d 条：照常营业".formatted(100 + i);
            taught.put(question, answer);
            lines.append(JSONObject.of("id", entry(i), "question", question, "similar", List.of())
                            .fluentPut("answer", answer)
                            .fluentPut("locale", "zh"))
                    .append('\n');
        }
        var reply = calls.expect("POST", "/api/v1/faqs/import", merchant, lines.toString(), "teaching the shop");
        if (reply.meta().getIntValue("failed") > 0) {
            throw new IOException("teaching the shop: " + reply.text());
        }
        calls.awaitLearnt(merchant, taught.lastEntry().getKey(), true);
        return Collections.unmodifiableMap(taught);
    }

    /// Takes from the shop what it was taught for a drill.
    public void unteach(String merchant) throws IOException, InterruptedException {
        var deleting = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < QUESTIONS; i++) {
            var path = "/api/v1/faqs/" + entry(i);
            deleting.add(() -> calls.delete(path, merchant));
        }
        Calls.inParallel(deleting);
    }

    private static String entry(int number) {
        return "drill-" + number;
    }

    private Shopper shopper(int number, String name, String merchant, Speech.Each speech, SplittableRandom own)
            throws IOException {
        var token = calls.chatToken(merchant, name);
        var session = calls.session(token);
        var shopper = new Shopper(name, token, session, speech.of(name, own.split()), manner, time, counts, own);
        shopper.has(devices.of(number, shopper, dials, gateway, time, own));
        return shopper;
    }

    /// Talks as the plan says.
    public void talk() {
        talk(plan.perSecond(), late -> {});
    }

    /// Has the shoppers talk in an open loop.
    ///
    /// @param late hears of each thing by how many nanoseconds it was handed out too late
    public void talk(int perSecond, LongConsumer late) {
        talker.begin(perSecond, shoppers, (shopper, due) -> shopper.talk(time.micros(due)), late);
    }

    public void hush() throws InterruptedException {
        talker.end();
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

    /// Cuts every connection at once, without a word. The devices come back by themselves.
    public void drop() {
        shoppers.forEach(shopper -> shopper.devices().forEach(Device::drop));
    }

    /// All devices go, and stay away until they come back.
    public void leave() {
        shoppers.forEach(shopper -> shopper.devices().forEach(Device::leave));
    }

    /// All devices connect again; returns when all are in sync.
    public void comeBack() throws IOException, InterruptedException {
        shoppers.forEach(shopper -> shopper.devices().forEach(Device::comeBack));
        if (!settle(CONNECTED)) {
            throw new IOException("Not all devices could come back");
        }
    }

    /// How far they are.
    public Counts counts() {
        return counts;
    }

    /// How many devices there are.
    public int connections() {
        return shoppers.stream().mapToInt(shopper -> shopper.devices().size()).sum();
    }

    /// The devices do nothing any more; what they have seen stands in the ledgers. What stands in a log by now they may
    /// still show; what comes into it afterwards is not theirs to show, and [#logs] leaves it out.
    public void silence() throws IOException, InterruptedException {
        var reading = new ArrayList<Callable<Boolean>>();
        shoppers.forEach(shopper -> reading.add(() -> {
            var log = calls.log(shopper.messages(), shopper.token());
            ends.put(
                    shopper.name(), log.isEmpty() ? Message.ZERO : log.getLast().id());
            return true;
        }));
        Calls.inParallel(reading);
        awaitCaughtUp();
        stopped = true;
        clock.shutdown();
        ledgers = shoppers.stream().map(Shopper::ledger).toList();
        shoppers.forEach(shopper -> shopper.devices().forEach(Device::close));
        ledgers.forEach(ledger ->
                ends.merge(ledger.shopper(), ledger.newest(), (a, b) -> Message.IDS.compare(a, b) < 0 ? b : a));
    }

    private void awaitCaughtUp() throws InterruptedException {
        var until = System.nanoTime() + CAUGHT_UP.toNanos();
        while (System.nanoTime() < until && shoppers.stream().anyMatch(this::isBehind)) {
            shoppers.stream()
                    .filter(this::isBehind)
                    .forEach(shopper -> shopper.devices().forEach(Device::probe));
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    private boolean isBehind(Shopper shopper) {
        var end = ends.getOrDefault(shopper.name(), Message.ZERO);
        return shopper.devices().stream().anyMatch(device -> Message.IDS.compare(device.place(), end) < 0);
    }

    /// What was written down about each shopper, in the order of [#logs].
    public List<ShopperLedger> ledgers() {
        return ledgers;
    }

    /// Reads the log of every shopper: the whole, or up to where it stood when the devices fell silent.
    public List<List<Message>> logs() throws IOException, InterruptedException {
        var reading = new ArrayList<Callable<List<Message>>>();
        shoppers.forEach(shopper -> reading.add(() -> log(shopper)));
        return Calls.inParallel(reading);
    }

    private List<Message> log(Shopper shopper) throws IOException {
        var log = calls.log(shopper.messages(), shopper.token());
        var end = ends.get(shopper.name());
        return end == null
                ? log
                : log.stream()
                        .takeWhile(message -> Message.IDS.compare(message.id(), end) <= 0)
                        .toList();
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

    @Override
    public void close() {
        talker.close();
        stopped = true;
        clock.shutdownNow();
        shoppers.forEach(shopper -> shopper.devices().forEach(Device::close));
    }
}
