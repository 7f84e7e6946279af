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
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final UserKey USER = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "james");

    private final FakeLog log = new FakeLog();
    private final FakeOutlet outlet = new FakeOutlet();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Follower follower =
            new Follower(USER, outlet, log, work::add, new DeliveryMeters(new SimpleMeterRegistry()));

    @Test
    void aPushThatFitsGoesStraightOn() {
        follower.entered("0", false);
        push(log.append());
        push(log.append());
        assertThat(outlet.ids()).containsExactly("1", "2");
        assertThat(work).isEmpty();
    }

    @Test
    void aPushThatCameBeforeIsDropped() {
        follower.entered("0", false);
        var message = log.append();
        push(message);
        push(message);
        assertThat(outlet.ids()).containsExactly("1");
    }

    @Test
    void aHoleIsReadFirst() {
        follower.entered("0", false);
        log.append();
        push(log.append());
        assertThat(outlet.ids()).isEmpty();
        runAll();
        assertThat(outlet.ids()).containsExactly("1", "2");
    }

    @Test
    void aReceiverThatWasShownWhatTheLogLostBeginsAnewWithTheNextPush() {
        follower.entered("0", false);
        push(log.append());
        push(log.append());
        log.lose("2");
        push(log.append());
        assertThat(outlet.resyncs).isEqualTo(1);
    }

    @Test
    void aReceiverThatWasShownWhatTheLogLostBeginsAnewWhenItReads() {
        follower.entered("0", false);
        push(log.append());
        push(log.append());
        log.lose("2");
        log.append();
        follower.behind(log.last());
        runAll();
        assertThat(outlet.resyncs).isEqualTo(1);
    }

    @Test
    void aReceiverThatBeganWithAPlaceOfItsOwnIsNotSentAway() {
        log.append();
        log.append();
        log.append();
        log.lose("2");
        follower.entered("3", true);
        sync("2");
        runAll();
        push(log.append());
        assertThat(outlet.ids()).containsExactly("3", "4");
        assertThat(outlet.resyncs).isZero();
        assertThat(follower.shown()).isEqualTo("4");
    }

    @Test
    void aSyncThatComesFirstGetsEverythingInOrder() {
        log.append();
        log.append();
        follower.entered("2", true);
        push(log.append());
        sync("0");
        push(log.append());
        runAll();
        assertThat(outlet.ids()).containsExactly("1", "2", "3", "4");
        assertThat(outlet.said).endsWith("synced true 4");
    }

    @Test
    void whatWasHeldFollowsTheRelease() {
        log.append();
        follower.entered("1", true);
        push(log.append());
        assertThat(outlet.ids()).isEmpty();
        follower.release();
        runAll();
        assertThat(outlet.ids()).containsExactly("2");
    }

    @Test
    void aPushThatWasLostWhileHeldFollowsTheRelease() {
        follower.entered("0", true);
        log.append();
        follower.behind("1");
        follower.release();
        runAll();
        assertThat(outlet.ids()).containsExactly("1");
    }

    @Test
    void aLaterSyncAsksAgain() {
        follower.entered("0", false);
        push(log.append());
        push(log.append());
        sync("0");
        runAll();
        assertThat(outlet.ids()).containsExactly("1", "2", "1", "2");
    }

    @Test
    void aCursorAboveTheEndIsNotRecovered() {
        log.append();
        follower.entered("1", true);
        sync("99");
        runAll();
        assertThat(outlet.said).containsExactly("synced false 1");
        push(log.append());
        assertThat(outlet.ids()).containsExactly("2");
    }

    @Test
    void aHoleThatTheArchiveCannotFillIsAdmitted() {
        log.append();
        log.append();
        log.complete = false;
        follower.entered("2", true);
        sync("0");
        runAll();
        assertThat(outlet.said).endsWith("synced false 2");
    }

    @Test
    void aLogThatCannotBeReadFailsTheSyncAndNothingElse() {
        follower.entered("0", true);
        var first = log.append();
        log.away = true;
        sync("0");
        push(first);
        runAll();
        assertThat(outlet.said).containsExactly("failed");
        log.away = false;
        push(log.append());
        runAll();
        assertThat(outlet.ids()).containsExactly("1", "2");
    }

    @Test
    void aSyncThatFailedBringsNothingAgain() {
        log.append();
        follower.entered("1", false);
        push(log.append());
        log.away = true;
        sync("0");
        runAll();
        log.away = false;
        follower.behind(log.last());
        runAll();
        push(log.append());
        assertThat(outlet.said).containsExactly("2", "failed", "3");
    }

    @Test
    void aSyncThatFailedBeforeAnythingWasHandedOverIsMadeGoodByTheNextPush() {
        log.append();
        follower.entered("1", true);
        log.away = true;
        sync("0");
        runAll();
        log.away = false;
        push(log.append());
        runAll();
        assertThat(outlet.said).containsExactly("failed", "1", "2");
    }

    @Test
    void aReceiverThatAskedAgainWasStillShownWhatTheLogLost() {
        follower.entered("0", false);
        push(log.append());
        push(log.append());
        log.lose("2");
        sync("0");
        runAll();
        assertThat(outlet.resyncs).isEqualTo(1);
    }

    @Test
    void twoSyncsAreBothAnsweredAtTheEnd() {
        log.append();
        follower.entered("1", true);
        sync("0");
        sync("0");
        runAll();
        assertThat(outlet.said).containsExactly("1", "synced true 1", "synced true 1");
    }

    @Test
    void aFullOutletIsServedFromTheLogLater() {
        follower.entered("0", false);
        push(log.append());
        outlet.full = true;
        push(log.append());
        push(log.append());
        assertThat(outlet.ids()).containsExactly("1");
        outlet.full = false;
        runAll();
        assertThat(outlet.ids()).containsExactly("1", "2", "3");
    }

    @Test
    void aPushOfWhatTheLogHasLostDoesNotSpin() {
        follower.entered("0", false);
        follower.push(new MessageResource("9", "8", "{}"), () -> "frame");
        runAll();
        assertThat(outlet.ids()).isEmpty();
        push(log.append());
        runAll();
        assertThat(outlet.ids()).containsExactly("1");
    }

    @Test
    void whoHasLeftGetsNothing() {
        follower.entered("0", false);
        var message = log.append();
        follower.end();
        push(message);
        sync("0");
        runAll();
        assertThat(outlet.said).isEmpty();
    }

    private void push(MessageResource message) {
        follower.push(message, message::frame);
    }

    private void sync(String after) {
        follower.sync(new Follower.Sync() {
            @Override
            public String after() {
                return after;
            }

            @Override
            public void done(boolean recovered, String last) {
                outlet.said.add("synced " + recovered + ' ' + last);
            }

            @Override
            public void failed() {
                outlet.said.add("failed");
            }
        });
    }

    private void runAll() {
        while (!work.isEmpty()) {
            work.removeFirst().run();
        }
    }

    /// A log in memory that gives three messages at a time.
    private static final class FakeLog implements History {

        private final List<MessageResource> messages = new ArrayList<>();
        private boolean complete = true;
        private boolean away;

        private int newest;

        MessageResource append() {
            var message = new MessageResource(Integer.toString(++newest), last(), "{}");
            messages.add(message);
            return message;
        }

        /// As if it had never been.
        void lose(String id) {
            messages.removeIf(each -> each.id().equals(id));
        }

        String last() {
            return messages.isEmpty() ? "0" : messages.getLast().id();
        }

        @Override
        public Page after(UserKey user, String after, int limit) throws Unavailable {
            if (away) {
                throw new Unavailable("redis");
            }
            var page = messages.stream()
                    .filter(each -> SnowflakeIds.compare(each.id(), after) > 0)
                    .limit(3)
                    .toList();
            return new Page(last(), complete, page);
        }

        @Override
        public Page before(UserKey user, String before, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class FakeOutlet implements Outlet {

        private int resyncs;
        private final List<String> said = new ArrayList<>();
        private boolean full;

        List<String> ids() {
            return said.stream().filter(each -> each.matches("\\d+")).toList();
        }

        @Override
        public void resync() {
            resyncs++;
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
        public void message(MessageResource message, String frame) {
            said.add(message.id());
        }

        @Override
        public void passing(String frame) {
            said.add(frame);
        }

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public void awaitRoom() {
            // The test says when there is room.
        }
    }
}
