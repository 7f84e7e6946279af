package io.xiaoer.session.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.archive.Unavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A follower in every order of events, against the rule of the contract: on one connection ids ascend, each once, but
/// for what a sync asks for again; and nothing is missing in the end.
///
/// The log grows while it is read and at times cannot be read; pushes are late, doubled or lost; syncs come at any
/// time, also before an earlier one is answered. A sync allows one step back behind its id, until it is answered.
class FollowerOrdersTest {

    private static final UserKey USER = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "james");
    private static final DeliveryMeters METERS = new DeliveryMeters(new SimpleMeterRegistry());
    private static final Event[] WITHOUT_LOSS = {
        Event.APPEND,
        Event.APPEND_UNHEARD,
        Event.PUSH_LATE,
        Event.SYNC,
        Event.SYNC_ALL,
        Event.READ,
        Event.READ_FAILS,
        Event.BEHIND
    };

    /// What may happen next.
    private enum Event {
        APPEND,
        /// The push is on its way, or never comes.
        APPEND_UNHEARD,
        PUSH_LATE,
        SYNC,
        SYNC_ALL,
        READ,
        READ_FAILS,
        BEHIND,
        RELEASE,
        /// Redis loses what is not durable yet.
        LOSE
    }

    @Test
    void everyOrderOfSixEvents() {
        int events = WITHOUT_LOSS.length;
        for (int order = 0; order < 2 * Math.pow(events, 6); order++) {
            var world = new World(2, 1, order % 2 == 0);
            for (int rest = order / 2, i = 0; i < 6; i++, rest /= events) {
                world.take(WITHOUT_LOSS[rest % events]);
            }
            world.endsWhole();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void manyEventsInAnyOrderAlsoDuringARead(int seed) {
        var random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            int stored = random.nextInt(6);
            var world = new World(stored, random.nextInt(stored + 1), random.nextBoolean());
            world.duringReads = random;
            for (int step = 0; step < 100; step++) {
                world.full = random.nextInt(10) == 0;
                world.take(world.any(random));
            }
            world.endsWhole();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whoWasShownWhatTheLogLostIsToldWhateverHappensBesides(int seed) {
        var random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            int stored = random.nextInt(6);
            var world = new World(stored, random.nextInt(stored + 1), random.nextBoolean());
            world.duringReads = random;
            for (int step = 0; step < 30; step++) {
                world.take(random.nextInt(10) == 0 ? Event.LOSE : world.any(random));
            }
            world.endsWithoutAGhost();
        }
    }

    /// One log, one connection and the client at its end.
    private static final class World implements History, Outlet {

        private final List<MessageResource> log = new ArrayList<>();
        private final List<MessageResource> onTheWay = new ArrayList<>();
        private final Deque<Runnable> work = new ArrayDeque<>();
        private final List<String> story = new ArrayList<>();
        private final Client client;
        private final Follower follower = new Follower(USER, this, this, work::add, METERS);
        /// What happens during a read; nothing if there is none.
        private @Nullable Random duringReads;
        private int newest;
        private boolean away;
        private boolean full;
        private boolean resynced;

        /// @param stored how many messages stand in the log already
        /// @param shown how many of them the client has from an earlier connection
        World(int stored, int shown, boolean hold) {
            for (int i = 0; i < stored; i++) {
                append();
            }
            client = new Client(log.subList(0, shown));
            follower.entered(last(), hold);
            story.add("shown " + shown + " of " + stored + (hold ? ", held" : ""));
        }

        /// Anything but a loss; no more syncs at one time than are answered.
        Event any(Random random) {
            var event = Event.values()[random.nextInt(Event.LOSE.ordinal())];
            boolean asks = event == Event.SYNC || event == Event.SYNC_ALL;
            return asks && (client.asked.size() == 8 || random.nextBoolean()) ? Event.READ : event;
        }

        void take(Event event) {
            story.add(event.toString());
            switch (event) {
                case APPEND -> push(append());
                case APPEND_UNHEARD -> onTheWay.add(append());
                case PUSH_LATE -> {
                    if (!onTheWay.isEmpty()) {
                        push(onTheWay.removeFirst());
                    }
                }
                case SYNC -> client.sync(client.place);
                case SYNC_ALL -> client.sync("0");
                case READ -> read(false);
                case READ_FAILS -> read(true);
                case BEHIND -> follower.behind(last());
                case RELEASE -> follower.release();
                case LOSE -> {
                    if (!log.isEmpty()) {
                        log.removeLast();
                    }
                }
            }
        }

        private MessageResource append() {
            var message = new MessageResource(Integer.toString(++newest), last(), "{}");
            log.add(message);
            return message;
        }

        private void push(MessageResource message) {
            follower.push(message, message::frame);
        }

        private void read(boolean fails) {
            var next = work.poll();
            if (next != null) {
                away = fails;
                next.run();
                away = false;
            }
        }

        private String last() {
            return log.isEmpty() ? "0" : log.getLast().id();
        }

        /// All is well again: what was held goes, what was lost on the way is found, and the client asks for what it
        /// knows that it lacks.
        private void calmDown() {
            full = false;
            duringReads = null;
            follower.release();
            follower.behind(last());
            readAll();
            assertThat(client.asked).as("unanswered after %s", story).isEmpty();
            if (!client.place.equals(last())) {
                client.sync(client.place);
                readAll();
            }
        }

        private void readAll() {
            while (!work.isEmpty()) {
                read(false);
            }
        }

        void endsWhole() {
            calmDown();
            assertThat(resynced).as("%s", story).isFalse();
            assertThat(client.place).as("%s", story).isEqualTo(last());
            assertThat(client.shown).as("%s", story).containsAll(ids());
        }

        void endsWithoutAGhost() {
            if (!resynced) {
                calmDown();
            }
            take(Event.APPEND);
            readAll();
            assertThat(resynced || ids().containsAll(client.cameHere))
                    .as("shows %s, the log is %s after %s", client.cameHere, ids(), story)
                    .isTrue();
        }

        private Set<String> ids() {
            var ids = new HashSet<String>();
            log.forEach(message -> ids.add(message.id()));
            return ids;
        }

        /// Gives two messages at a time, as they stood before other things happened.
        @Override
        public Page after(UserKey user, String after, int limit) throws Unavailable {
            var page = new Page(
                    last(),
                    true,
                    log.stream()
                            .filter(each -> SnowflakeIds.compare(each.id(), after) > 0)
                            .limit(2)
                            .toList());
            var random = duringReads;
            boolean fails = away || random != null && random.nextInt(20) == 0;
            if (random != null && random.nextInt(3) == 0) {
                var event = any(random);
                if (event != Event.READ && event != Event.READ_FAILS) {
                    take(event);
                }
            }
            if (fails) {
                throw new Unavailable("redis");
            }
            return page;
        }

        @Override
        public Page before(UserKey user, String before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void message(MessageResource message, String frame) {
            story.add("came " + message.id());
            if (!resynced) {
                client.came(message);
            }
        }

        @Override
        public void resync() {
            story.add("resync");
            resynced = true;
        }

        @Override
        public String id() {
            return "c";
        }

        @Override
        public String device() {
            return "web";
        }

        @Override
        public void passing(String frame) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public void awaitRoom() {
            // The test says when there is room.
        }

        /// Behaves as the protocol asks, and holds the connection to the rule.
        private final class Client {

            private final Set<String> shown = new HashSet<>(Set.of("0"));
            private final List<String> cameHere = new ArrayList<>();
            private final Deque<Ask> asked = new ArrayDeque<>();
            private String place = "0";
            private String before = "0";

            Client(List<MessageResource> earlier) {
                earlier.forEach(this::show);
            }

            void came(MessageResource message) {
                if (SnowflakeIds.compare(message.id(), before) <= 0) {
                    assertThat(isAskedFor(message.id()))
                            .as("%s after %s: %s", message.id(), before, story)
                            .isTrue();
                }
                before = message.id();
                cameHere.add(message.id());
                show(message);
            }

            private void show(MessageResource message) {
                shown.add(message.id());
                if (message.prev().equals(place)) {
                    place = message.id();
                }
            }

            private boolean isAskedFor(String id) {
                for (Ask ask : asked) {
                    boolean fits = !ask.used && SnowflakeIds.compare(id, ask.after) > 0;
                    ask.used = true;
                    if (fits) {
                        return true;
                    }
                }
                return false;
            }

            void sync(String after) {
                var ask = new Ask(after);
                asked.add(ask);
                follower.sync(ask);
            }

            private void answered(String how) {
                story.add(how);
                assertThat(asked.poll()).as("nothing was asked: %s", story).isNotNull();
            }

            /// A sync that was sent.
            private final class Ask implements Follower.Sync {

                private final String after;
                private boolean used;

                Ask(String after) {
                    this.after = after;
                }

                @Override
                public String after() {
                    return after;
                }

                @Override
                public void done(boolean recovered, String last) {
                    answered("synced " + recovered + ' ' + last);
                    if (!story.contains(Event.LOSE.toString())) {
                        assertThat(recovered).as("%s", story).isTrue();
                        assertThat(SnowflakeIds.compare(place, last))
                                .as("lacks something at %s: %s", place, story)
                                .isGreaterThanOrEqualTo(0);
                    }
                }

                @Override
                public void failed() {
                    answered("failed");
                }
            }
        }
    }
}
