package io.xiaoer.session.conversation;

import io.xiaoer.common.id.UserKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.springframework.stereotype.Component;

/// Remembers which messages this node has acknowledged when they came again, so that whoever repeats one
/// without end does not have its records written without end. All that it says of a message is that it
/// is durable, and a message stays so; one that is not known here is made durable once more.
///
/// What is said for the first time has no part in it. The places are [#PLACES]: a message takes the one
/// that its id leads to from whichever had it, and nobody outside can tell which ids share one.
@Component
class KnownRepetitions {

    static final int PLACES = 1 << 13;

    /// After this a repetition is written again, in case that all copies but that in Redis have come to
    /// harm.
    static final Duration KEPT = Duration.ofMinutes(1);

    private final AtomicReferenceArray<Known> places = new AtomicReferenceArray<>(PLACES);
    private final long mixer = ThreadLocalRandom.current().nextLong() | 1;
    private final Clock clock;

    KnownRepetitions(Clock clock) {
        this.clock = clock;
    }

    /// @param user whose log
    /// @param since milliseconds
    private record Known(UserKey user, String id, long since) {}

    /// Whether a message was acknowledged lately when it came again.
    boolean hold(UserKey user, String id) {
        var known = places.get(place(id));
        if (known == null || !known.id.equals(id) || !known.user.equals(user)) {
            return false;
        }
        long age = clock.millis() - known.since;
        return age >= 0 && age < KEPT.toMillis();
    }

    /// A message came again and is acknowledged: it is durable, and no refill of its log misses it.
    void add(UserKey user, String id) {
        places.set(place(id), new Known(user, id, clock.millis()));
    }

    private int place(String id) {
        return (int) ((Long.parseLong(id) * mixer) >>> (Long.SIZE - Integer.numberOfTrailingZeros(PLACES)));
    }
}
