package io.xiaoer.common.id;

import com.github.f4b6a3.tsid.TsidFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

/// Makes the ids of messages, sessions, commands and tasks: positive 64-bit numbers that grow with time, written in
/// decimals. 42 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter.
public final class SnowflakeIds {

    /// Stands before the first id of a log.
    public static final String ZERO = "0";

    /// The number of nodes that can make ids side by side.
    public static final int NODES = 1024;

    private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final int TIME_SHIFT = 22;
    private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

    private final TsidFactory factory;

    /// @param node 0 to 1023; two processes that make ids of one kind must not share it
    public SnowflakeIds(int node, Clock clock) {
        if (node < 0 || node >= NODES) {
            throw new IllegalArgumentException("node id must lie in 0..1023");
        }
        this.factory = TsidFactory.builder()
                .withNodeBits(10)
                .withNode(node)
                .withCustomEpoch(Instant.ofEpochMilli(EPOCH))
                .withClock(clock)
                .build();
    }

    /// The next id, above every id that this object has made before.
    public String next() {
        return Long.toString(factory.create().toLong());
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

    /// The moment an id was made, to the millisecond.
    public static Instant timeOf(String id) {
        return Instant.ofEpochMilli((Long.parseLong(id) >>> TIME_SHIFT) + EPOCH);
    }
}
