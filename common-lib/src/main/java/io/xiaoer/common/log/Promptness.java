package io.xiaoer.common.log;

import java.time.Duration;
import java.util.List;

/// The one bound between an append, its acknowledgement and a refill.
///
/// An append is in Redis before it is durable. If Redis is emptied in between, a refill that reads the archive too
/// early misses it, and whatever makes it durable afterwards must not call it kept. So:
///
/// - A refill rests [#REFILL_WAITS] after it found the user cold, and reads only then where the record ends.
/// - Who appends begins a [Promptness] before it. What is durable within [#BOUND] became so before that moment, as each
///   append came before the user was found cold: no refill misses it.
/// - Whatever takes longer, or comes when no refill would rest because the user has no open session, is looked for in
///   the log again, see [ConversationLog#holds]. If it stands there, it was not missed, and being durable it will not
///   be. If it does not, it is not acknowledged: its author repeats it, which is known by its nonce or stored anew.
///
/// Both are lengths of time on one machine each, taken after the fact: no pause of a process and no slow server
/// makes this wrong, it only makes the second look more frequent.
public final class Promptness {

    /// How long a refill rests once it found a user cold; as long as clocks may differ, so that ids that
    /// are given after it are above those that were given before.
    public static final Duration REFILL_WAITS = Duration.ofSeconds(1);

    /// What is durable within this time needs no second look; the rest is for clocks that differ in speed.
    static final Duration BOUND = REFILL_WAITS.multipliedBy(9).dividedBy(10);

    private static final List<String> OPEN = List.of("bot", "queue", "agent");

    private final long begun = System.nanoTime();

    private Promptness() {}

    /// To be called before the append.
    public static Promptness begin() {
        return new Promptness();
    }

    /// Whether what was appended since the beginning, and is durable now, may be acknowledged without a second look.
    public boolean suffices(AppendOutcome.Stored stored) {
        return OPEN.contains(stored.owner()) && System.nanoTime() - begun < BOUND.toNanos();
    }
}
