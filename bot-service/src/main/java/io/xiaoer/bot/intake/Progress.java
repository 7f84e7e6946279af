package io.xiaoer.bot.intake;

import java.util.BitSet;
import java.util.OptionalLong;

/// How far the work of one partition is. Work ends in any order; an offset may be committed only when everything
/// before it has ended.
final class Progress {

    private final BitSet ended = new BitSet();
    private long first;
    private int taken;
    private long asked = -1;

    /// Work on an offset begins; offsets come in ascending order, with gaps where the log was compacted or cut.
    ///
    /// @throws IllegalStateException if they go back: the log began anew, and what is known here is of the old one
    synchronized void begin(long offset) {
        if (offset < first + taken) {
            throw new IllegalStateException("the offsets of a partition go back");
        }
        if (taken == 0) {
            first = offset;
            asked = asked < 0 ? offset : asked;
        }
        int place = Math.toIntExact(offset - first);
        ended.set(taken, place);
        ended.clear(place);
        taken = place + 1;
    }

    /// Work on an offset has ended. Of offsets that are not under way nothing is said.
    synchronized void end(long offset) {
        long place = offset - first;
        if (place >= 0 && place < taken) {
            ended.set((int) place);
        }
    }

    /// The offset to commit now: the next one to read after a crash. Empty if nothing has moved since the last call.
    synchronized OptionalLong committable() {
        int done = Math.min(ended.nextClearBit(0), taken);
        if (done > 0) {
            BitSet rest = ended.get(done, taken);
            ended.clear();
            ended.or(rest);
            first += done;
            taken -= done;
        }
        if (first <= asked || asked < 0) {
            return OptionalLong.empty();
        }
        asked = first;
        return OptionalLong.of(first);
    }

    /// The last committable offset was not committed: the next call gives it again.
    synchronized void uncommitted() {
        asked = Math.max(0, first - 1);
    }

    /// How many offsets lie between the oldest that is under way and the newest.
    synchronized int span() {
        return taken;
    }
}
