package io.xiaoer.drills.load;

import io.xiaoer.drills.ledger.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What a device has said and nobody has acknowledged yet, oldest first, each with the time from which it is to be sent
/// again. A drill says a bounded number of things, so this is bounded too.
final class Unacknowledged {
    private static final int MOST_DOUBLINGS = 3;

    private final LinkedHashMap<String, Waiting> waiting = new LinkedHashMap<>();

    /// @param sent how often it was sent on this connection since the suite asked for it again, if it did
    private record Waiting(Said said, long notBefore, int sent) {
        Waiting(Said said, long notBefore) {
            this(said, notBefore, 0);
        }

        Waiting again(long now, long patience) {
            return new Waiting(said, now + (patience << Math.min(sent, MOST_DOUBLINGS)), sent + 1);
        }
    }

    synchronized void add(Said said) {
        waiting.put(said.clientId(), new Waiting(said, 0));
    }

    /// Those that are to be sent now; each will be due again after the patience, which doubles each time: a suite that
    /// is slow to acknowledge has no use for the same once more.
    synchronized List<Said> due(long now, long patience) {
        var due = new ArrayList<Said>();
        waiting.replaceAll((id, each) -> {
            if (each.notBefore() > now) {
                return each;
            }
            due.add(each.said());
            return each.again(now, patience);
        });
        return due;
    }

    /// The oldest, if it is to be sent now; it will be due again after the patience.
    synchronized Optional<Said> oldestDue(long now, long patience) {
        var oldest = waiting.firstEntry();
        if (oldest == null || oldest.getValue().notBefore() > now) {
            return Optional.empty();
        }
        var said = oldest.getValue().said();
        waiting.put(oldest.getKey(), oldest.getValue().again(now, patience));
        return Optional.of(said);
    }

    /// The suite asked to send it again, not before a time.
    synchronized void later(String clientId, long notBefore) {
        waiting.computeIfPresent(clientId, (id, each) -> new Waiting(each.said(), notBefore));
    }

    /// The connection is not dead after all: what was sent on it gets the patience anew.
    synchronized void patient(long now, long patience) {
        waiting.replaceAll((id, each) -> each.sent() == 0
                ? each
                : new Waiting(each.said(), Math.max(each.notBefore(), now + patience), each.sent()));
    }

    /// A new connection: all are to be sent at once, but for those which the suite wants later than in a moment.
    synchronized void again(long now, long moment) {
        waiting.replaceAll(
                (id, each) -> each.sent() > 0 || each.notBefore() <= now + moment ? new Waiting(each.said(), 0) : each);
    }

    /// It is settled, one way or the other.
    synchronized Optional<Said> remove(String clientId) {
        return Optional.ofNullable(waiting.remove(clientId)).map(Waiting::said);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
