package io.xiaoer.session.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of a connection, `xiaoer.connection.*`.
///
/// @param heartbeat how often a client is asked to say something
/// @param silence after how long without a word a connection is ended
/// @param maxFrame the largest frame that is read
/// @param outgoing how much may wait to be sent before the log is read on later instead
/// @param stuckAfter after how long a frame that does not get out makes a reader too slow
/// @param hold how long a new connection may take to ask for a sync before it is live
/// @param refresh how often traffic renews presence at most
/// @param perUser how many connections of one user a node takes
/// @param perNode how many connections a node takes; 0 for as many as its heap has room for
/// @param framesPerSecond frames but `send` that a connection may send in the long run
/// @param frameBurst how many of them at once
/// @param frameFlood frames in vain at once, refused or said before, that end a connection; they are
///     forgotten at the same pace
/// @param drain how long a stopping node waits for its connections to end
@ConfigurationProperties("xiaoer.connection")
record ConnectionSettings(
        @DefaultValue("30s") Duration heartbeat,
        @DefaultValue("90s") Duration silence,
        @DefaultValue("64KB") DataSize maxFrame,
        @DefaultValue("256KB") DataSize outgoing,
        @DefaultValue("10s") Duration stuckAfter,
        @DefaultValue("300ms") Duration hold,
        @DefaultValue("20s") Duration refresh,
        @DefaultValue("50") int perUser,
        @DefaultValue("0") int perNode,
        @DefaultValue("20") int framesPerSecond,
        @DefaultValue("600") int frameBurst,
        @DefaultValue("1000") int frameFlood,
        @DefaultValue("2s") Duration drain) {

    /// What a connection may take of the heap: the 6 KB that it holds while nobody speaks, its handshake, what waits to
    /// be sent on it, and the room to collect all that in.
    private static final long HEAP_OF_A_CONNECTION = DataSize.ofKilobytes(40).toBytes();

    ConnectionSettings {
        require(silence.compareTo(heartbeat) > 0, "silence", silence, "must be longer than the heartbeat");
        require(refresh.compareTo(silence) < 0, "refresh", refresh, "must be shorter than the silence");
        require(perUser > 0, "per-user", perUser, "must be at least 1");
        require(perNode >= 0, "per-node", perNode, "must not be negative");
        require(
                framesPerSecond > 0 && framesPerSecond <= 1_000_000,
                "frames-per-second",
                framesPerSecond,
                "must lie in 1..1000000");
        require(frameBurst > 0, "frame-burst", frameBurst, "must be at least 1");
        require(frameFlood > 0, "frame-flood", frameFlood, "must be at least 1");
        require(maxFrame.toBytes() >= 1024, "max-frame", maxFrame, "must be at least 1KB");
        require(outgoing.toBytes() >= maxFrame.toBytes(), "outgoing", outgoing, "must hold a frame");
    }

    /// How many connections this node takes.
    int most() {
        return perNode > 0
                ? perNode
                : Math.toIntExact(
                        Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / HEAP_OF_A_CONNECTION));
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.connection." + field + " = " + value + " " + rule);
        }
    }
}
