package io.xiaoer.drills.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Breach.Kind;
import io.xiaoer.drills.ledger.Checker;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.ledger.ShopperLedger;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The device at scripted frames of the suite, and what the checker says to its journal.
class SocketDeviceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Timeline time = new Timeline(nanos::get);
    private final List<JSONObject> log = new ArrayList<>();
    private final SocketDevice device =
            new SocketDevice("app", 0, shopper(), this::dial, time, new SplittableRandom(1));
    private ScriptedSocket socket = new ScriptedSocket(new WebSocket.Listener() {});

    private Shopper shopper() {
        return new Shopper("u", "token", "7", () -> null, Manner.ASKING, time, new Counts(), new SplittableRandom(1));
    }

    private CompletableFuture<WebSocket> dial(String kind, String token, WebSocket.Listener listener) {
        socket = new ScriptedSocket(listener);
        return CompletableFuture.completedFuture(socket);
    }

    @BeforeEach
    void connect() {
        device.tick();
    }

    @Test
    void itBeginsWithASyncAfterWhatItHas() {
        welcome("0");

        assertThat(asked()).containsExactly("0");
    }

    @Test
    void itAsksForWhatStandsBeforeAHoleOnceItIsAnswered() {
        append(3);
        welcome("2");
        message(2);
        assertThat(asked()).containsExactly("0");

        synced("3");
        pong("3");
        assertThat(asked()).containsExactly("0");
        message(0);
        message(1);
        message(2);
        synced("3");

        assertThat(device.inSync()).isTrue();
        assertThat(breaches()).isEmpty();
    }

    @Test
    void whoHasLeftStaysAwayAndAsksForTheRestOnceBack() {
        append(2);
        welcome("2");
        message(0);
        message(1);
        synced("2");
        device.leave();
        var left = socket;
        pass(Duration.ofMinutes(1));
        device.tick();
        assertThat(socket).as("no connection is made meanwhile").isSameAs(left);

        device.comeBack();
        device.tick();
        assertThat(socket).isNotSameAs(left);
        append(1);
        welcome("3");
        assertThat(asked()).containsExactly("2");
        message(2);
        synced("3");

        assertThat(device.inSync()).isTrue();
        assertThat(breaches()).isEmpty();
    }

    @Test
    void aSyncThatFailedIsSaidAgainWithTheNextPong() {
        append(2);
        welcome("2");
        assertThat(asked()).containsExactly("0");
        failed();
        assertThat(asked()).isEmpty();
        pong("2");
        assertThat(asked()).containsExactly("0");
        message(0);
        message(1);
        synced("2");

        assertThat(breaches()).isEmpty();
    }

    /// What `restart-services` showed: a sync that failed brought its messages all the same, beside the one that was
    /// asked in its place.
    @Test
    void whatAFailedSyncBringsBesideTheNextOneIsTold() {
        append(4);
        welcome("3");
        message(3);
        failed();
        pong("4");
        message(0);
        message(1);
        message(2);
        message(3);
        message(0);
        message(1);
        message(2);
        message(3);
        synced("4");

        assertThat(breaches()).containsExactly(Kind.MISORDERED);
    }

    @Test
    void anAcknowledgementWithoutAnIdIsTold() {
        welcome("0");
        synced("0");
        var said = new Said("c1", "hello", 0);
        device.say(said);
        socket.says(JSONObject.of("type", "ack", "id", "c1", "duplicate", false));

        assertThat(said.isAcknowledged()).isFalse();
        assertThat(said.refusal()).isEqualTo("acknowledged without an id");
        assertThat(Checker.check(new ShopperLedger("u", List.of(said), List.of()), List.of(), List.of()))
                .extracting(Breach::kind)
                .containsExactly(Kind.NOT_TAKEN);
    }

    @Test
    void onASilentConnectionItAsksForASignOfLifeAndSaysNothingMore() {
        welcome("0");
        synced("0");
        socket.heard();
        device.say(new Said("c1", "one", 0));
        pass(Duration.ofSeconds(4));
        device.say(new Said("c2", "two", 0));
        device.tick();
        device.tick();

        assertThat(heard()).containsExactly("send c1", "ping");
    }

    @Test
    void whenAConnectionIsHeardAgainOnlyWhatWasHeldBackIsSaid() {
        welcome("0");
        synced("0");
        device.say(new Said("c1", "one", 0));
        pass(Duration.ofSeconds(6));
        device.say(new Said("c2", "two", 0));
        device.tick();
        socket.heard();
        pong("0");
        device.tick();

        assertThat(heard()).containsExactly("send c2");
    }

    @Test
    void whatALivingConnectionDoesNotAcknowledgeIsSaidAgain() {
        welcome("0");
        synced("0");
        device.say(new Said("c1", "one", 0));
        socket.heard();
        pass(Duration.ofSeconds(2));
        pong("0");
        pass(Duration.ofSeconds(3));
        device.tick();

        assertThat(heard()).containsExactly("send c1");
    }

    @Test
    void eachTimeItWaitsTwiceAsLongBeforeItSaysItAgain() {
        welcome("0");
        synced("0");
        device.say(new Said("c1", "one", 0));
        var seconds = new ArrayList<Integer>();
        for (var second = 1; second <= 80; second++) {
            pong("0");
            pass(Duration.ofSeconds(1));
            socket.heard();
            device.tick();
            if (heard().contains("send c1")) {
                seconds.add(second);
            }
        }

        assertThat(seconds).containsExactly(5, 15, 35, 75);
    }

    @Test
    void aConnectionThatStaysSilentIsGivenUpAndEverythingIsSaidOnTheNextOne() {
        welcome("0");
        synced("0");
        device.say(new Said("c1", "one", 0));
        pass(Duration.ofSeconds(4));
        device.say(new Said("c2", "two", 0));
        device.tick();
        pass(Duration.ofSeconds(11));
        device.tick();
        pass(Duration.ofSeconds(2));
        device.tick();
        welcome("0");

        assertThat(heard()).containsExactly("sync null", "send c1", "send c2");
    }

    /// A suite that keeps its word, with frames under way in both directions, reads that fail, and holes.
    @ParameterizedTest
    @MethodSource("seeds")
    void aSuiteThatKeepsItsWordIsNeverBlamedAndTheDeviceEndsWhole(int seed) {
        var suite = new Suite(new Random(seed));
        suite.run(400);
        suite.calmDown();

        assertThat(breaches()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneStepBackThatNobodyAskedForIsTold(int seed) {
        var random = new Random(seed);
        var suite = new Suite(random);
        suite.run(400);
        suite.calmDown();
        message(random.nextInt(log.size()));

        assertThat(breaches()).hasSize(1).containsAnyOf(Kind.MISORDERED, Kind.DOUBLED);
    }

    private static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /// The other end, with a place in the log as the suite has it.
    private final class Suite {
        private final Random random;
        private final Deque<JSONObject> under = new ArrayDeque<>();
        private final Deque<JSONObject> heard = new ArrayDeque<>();
        private int place;
        private int handed;

        Suite(Random random) {
            this.random = random;
            append(random.nextInt(5));
            place = log.size();
            under.add(JSONObject.of("type", "welcome", "last", last()));
        }

        void run(int steps) {
            for (var i = 0; i < steps; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> append(1);
                    case 1 -> handTo(log.size());
                    case 2 -> device.probe();
                    case 3, 4 -> hear();
                    default -> deliver();
                }
            }
        }

        /// Messages from the place on; a place that fell behind is a hole that the suite fills first.
        private void handTo(int end) {
            for (; place < end; place++) {
                under.add(JSONObject.of("type", "message", "data", log.get(place)));
                handed = Math.max(handed, place + 1);
            }
        }

        private void hear() {
            heard.addAll(socket.heard());
            var frame = heard.poll();
            if (frame == null) {
                return;
            }
            switch (String.valueOf(frame.getString("type"))) {
                case "sync" -> sync(Integer.parseInt(frame.getString("after")));
                case "ping" -> {
                    under.add(JSONObject.of("type", "pong", "last", last()));
                    handTo(log.size());
                }
                default -> throw new IllegalStateException(frame.toString());
            }
        }

        private void sync(int after) {
            place = after;
            if (random.nextInt(3) > 0) {
                handTo(log.size());
                under.add(JSONObject.of("type", "synced", "recovered", true, "last", last()));
            } else {
                handTo(place + random.nextInt(log.size() - place + 1));
                place = Math.max(place, handed);
                under.add(error());
            }
        }

        private void deliver() {
            var frame = under.poll();
            if (frame != null) {
                socket.says(frame);
            }
        }

        /// Until the device has nothing to wait for, then once more with a pong that is of now.
        void calmDown() {
            settle();
            device.probe();
            settle();
            while (!under.isEmpty()) {
                deliver();
            }
        }

        private void settle() {
            while (!device.settled()) {
                device.probe();
                hear();
                deliver();
            }
        }
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /// What the device said since it was listened to last: each frame's type and id.
    @Test
    void itWaitsForADialThatOthersStandBeforeAndThenForTheWelcome() {
        var dials = new ArrayList<CompletableFuture<WebSocket>>();
        Dial busy = (kind, token, listener) -> {
            dials.add(new CompletableFuture<>());
            return dials.getLast();
        };
        var queued = new SocketDevice("app", 0, shopper(), busy, time, new SplittableRandom(1));
        queued.tick();
        pass(queued, 60);
        assertThat(dials).hasSize(1);

        dials.getFirst().complete(new ScriptedSocket(new WebSocket.Listener() {}));
        pass(queued, 9);
        assertThat(dials).hasSize(1);
        pass(queued, 60);
        assertThat(dials).hasSizeGreaterThan(1);
    }

    @Test
    void devicesKeepOneCopyOfWhatCameToAll() {
        append(1);
        var shopper = shopper();
        var first = shopper.saw(Message.of(log.getFirst()));
        var second = shopper.saw(Message.of(log.getFirst()));
        assertThat(second).isSameAs(first);

        log.getFirst().getJSONObject("attributes").put("content", JSONObject.of("kind", "text", "text", "altered"));
        assertThat(shopper.saw(Message.of(log.getFirst())).text()).isEqualTo("altered");
    }

    private void pass(SocketDevice waiting, int seconds) {
        for (var second = 0; second < seconds; second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            waiting.tick();
        }
    }

    private List<String> heard() {
        return socket.heard().stream()
                .map(frame -> "ping".equals(frame.getString("type"))
                        ? "ping"
                        : frame.getString("type") + " " + frame.getString("id"))
                .toList();
    }

    private void append(int many) {
        for (var i = 0; i < many; i++) {
            var id = Integer.toString(log.size() + 1);
            var attributes = JSONObject.of("prev", Integer.toString(log.size()))
                    .fluentPut("from", JSONObject.of("role", "system", "id", "s"))
                    .fluentPut("content", JSONObject.of("kind", "text", "text", "message " + id));
            log.add(JSONObject.of("id", id, "type", "message", "attributes", attributes));
        }
    }

    private String last() {
        return Integer.toString(log.size());
    }

    private void welcome(String last) {
        socket.says(JSONObject.of("type", "welcome", "last", last));
    }

    private void message(int index) {
        socket.says(JSONObject.of("type", "message", "data", log.get(index)));
    }

    private void synced(String last) {
        socket.says(JSONObject.of("type", "synced", "recovered", true, "last", last));
    }

    private void pong(String last) {
        socket.says(JSONObject.of("type", "pong", "last", last));
    }

    private void failed() {
        socket.says(error());
    }

    private static JSONObject error() {
        return JSONObject.of("type", "error", "code", "unavailable", "retryable", true);
    }

    /// After which ids it has asked since this was looked at last.
    private List<String> asked() {
        return socket.heard().stream()
                .filter(frame -> "sync".equals(frame.getString("type")))
                .map(frame -> String.valueOf(frame.getString("after")))
                .toList();
    }

    private List<Kind> breaches() {
        device.journal().endsInSync(device.inSync());
        var stored = log.stream().map(Message::of).toList();
        var ledger = new ShopperLedger("u", List.of(), List.of(device.journal()));
        return Checker.check(ledger, stored, stored).stream().map(Breach::kind).toList();
    }
}
