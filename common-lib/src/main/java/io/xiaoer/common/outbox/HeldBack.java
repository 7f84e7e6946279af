package io.xiaoer.common.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// The keys that the relay passes over when it reads a batch, so that one with many rows does not fill it: those that
/// are being sent, and those that failed, for a second at first and up to [#LONGEST] while they go on failing.
///
/// Not guaranteed: that only these are passed over. The database compares checksums; a key that shares one with a held
/// key waits with it. Held by one relay alone and not safe for threads.
final class HeldBack {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<Key, Hold> holds = new HashMap<>();

    /// What rows are sent one after the other by.
    record Key(String topic, String key) {
        static Key of(OutboxRecord row) {
            return new Key(row.topic(), row.key());
        }

        /// As [OutboxTable] computes it of a row.
        long checksum() {
            var sum = new CRC32();
            sum.update((topic + '\n' + key).getBytes(StandardCharsets.UTF_8));
            return sum.getValue();
        }
    }

    /// @param until by the process' own clock; what is being sent has no end
    private record Hold(Duration pause, long until, boolean underWay) {}

    void begun(Key key) {
        holds.merge(key, new Hold(Duration.ZERO, 0, true), (old, fresh) -> new Hold(old.pause, 0, true));
    }

    /// All that was read of the key is sent, or could be if there had been more time.
    void passed(Key key) {
        holds.remove(key);
    }

    void failed(Key key, long now) {
        var hold = holds.get(key);
        var pause = hold == null || hold.pause.isZero() ? FIRST : hold.pause.multipliedBy(2);
        var shorter = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        holds.put(key, new Hold(shorter, now + shorter.toNanos(), false));
    }

    /// The checksums of what is to be passed over now. A key that was not read again long after its pause has no rows
    /// any more and is forgotten.
    List<Long> checksums(long now) {
        holds.values()
                .removeIf(hold -> !hold.underWay
                        && now - hold.until > LONGEST.multipliedBy(6).toNanos());
        var sums = new ArrayList<Long>();
        holds.forEach((key, hold) -> {
            if (hold.underWay || hold.until - now > 0) {
                sums.add(key.checksum());
            }
        });
        return sums;
    }

    /// How many keys failed when they were last sent.
    long failing() {
        return holds.values().stream().filter(hold -> !hold.pause.isZero()).count();
    }
}
