package io.xiaoer.common.id;

import com.github.f4b6a3.tsid.TsidFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the ids of messages, sessions, commands and tasks: positive 64-bit numbers that grow with time, written in
/// decimals. 42 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter.
public final class SnowflakeIds {

    /// Stands before the first id of a log.
    public static final String ZERO = "0";

    /// The number of nodes that can make ids side by side.
    public static final int NODES = 1024;

    /// The clocks of any two nodes differ by less: what one of them proposes is above all that any proposed so long
    /// ago.
    public static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

    private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final int TIME_SHIFT = 22;
    private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

    private final Clock clock;
    private @Nullable TsidFactory factory;
    private long until;
    private long newest;

    /// Makes ids without end.
    ///
    /// @param node 0 to 1023; two processes that make ids of one kind must not share it
    public SnowflakeIds(int node, Clock clock) {
        this(clock);
        use(node, 0, Long.MAX_VALUE);
    }

    /// Makes none before it is given a node number ([NodeLease]).
    SnowflakeIds(Clock clock) {
        this.clock = clock;
    }

    /// Uses a node number from now on.
    ///
    /// @param above the time, ms, above which the next ids lie, whatever the clock says
    /// @param bound the time, ms, above which none may lie
    synchronized void use(int node, long above, long bound) {
        if (node < 0 || node >= NODES) {
            throw new IllegalArgumentException("node id must lie in 0..1023");
        }
        factory = TsidFactory.builder()
                .withNodeBits(10)
                .withNode(node)
                .withCustomEpoch(Instant.ofEpochMilli(EPOCH))
                .withClock(new NotBefore(clock, Math.max(above, newest) + 1))
                .build();
        until = bound;
    }

    /// The same node number may be used for longer.
    synchronized void extend(long bound) {
        until = Math.max(until, bound);
    }

    /// No ids from now on.
    synchronized void stop() {
        factory = null;
    }

    /// The time of the newest id, ms; 0 if none was made.
    synchronized long newest() {
        return newest;
    }

    /// The next id, above every id that this object has made before, even if the clock was set back.
    ///
    /// @throws NoNodeNumber if none can be made now
    public synchronized String next() {
        if (factory == null) {
            throw new NoNodeNumber();
        }
        long id = factory.create().toLong();
        long time = (id >>> TIME_SHIFT) + EPOCH;
        if (time > until) {
            throw new NoNodeNumber();
        }
        newest = time;
        return Long.toString(id);
    }

    /// A clock that never shows less than a moment.
    private static final class NotBefore extends Clock {

        private final Clock inner;
        private final long floor;

        NotBefore(Clock inner, long floor) {
            this.inner = inner;
            this.floor = floor;
        }

        @Override
        public long millis() {
            return Math.max(inner.millis(), floor);
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public ZoneId getZone() {
            return inner.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new NotBefore(inner.withZone(zone), floor);
        }
    }

    /// Whether a string is an id or `0`.
    public static boolean isId(String value) {
        return FORM.matcher(value).matches() && (value.length() < 19 || value.compareTo("9223372036854775807") <= 0);
    }

    /// Orders ids: by length, then by bytes.
    public static int compare(String a, String b) {
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }

    /// The smallest id of a moment, to cut a log by time.
    public static String atTime(Instant time) {
        return Long.toString(Math.max(0, time.toEpochMilli() - EPOCH) << TIME_SHIFT);
    }

    /// How far apart ids are that are made so long after each other.
    public static long span(Duration time) {
        return time.toMillis() << TIME_SHIFT;
    }

    /// The moment an id was made, to the millisecond.
    public static Instant timeOf(String id) {
        return Instant.ofEpochMilli((Long.parseLong(id) >>> TIME_SHIFT) + EPOCH);
    }
}
