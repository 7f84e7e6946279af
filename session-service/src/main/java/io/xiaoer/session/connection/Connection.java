package io.xiaoer.session.connection;

import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.delivery.Follower;
import io.xiaoer.session.delivery.Outlet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One open connection: who is there, when they were last heard, and what waits to be sent to them.
final class Connection implements Outlet {

    /// Bad frames within [#PATIENCE] that end a connection.
    private static final int MOST_BAD = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration LEAVE = Duration.ofSeconds(3);
    private static final Duration SLOW_LEAVE = Duration.ofSeconds(30);

    private final String id;
    private final Party party;
    private final Device device;
    private final Outflow outflow;
    private final Clock clock;
    private final Connections connections;
    private final FrameBucket frames;
    private final FrameBucket patience;
    private final long[] bad = new long[MOST_BAD];
    private int badCount;
    private String ownSession = "";

    private volatile Instant expires;
    private volatile long heard;
    private volatile long refreshed;
    private volatile @Nullable Follower follower;
    private volatile @Nullable AgentDesk desk;
    private volatile boolean gone;
    private volatile @Nullable CloseCode closing;
    private volatile long closingSince;

    Connection(
            String id,
            Party party,
            Device device,
            Instant expires,
            Outflow outflow,
            Clock clock,
            Connections connections,
            ConnectionSettings settings) {
        this.id = id;
        this.party = party;
        this.device = device;
        this.expires = expires;
        this.outflow = outflow;
        this.clock = clock;
        this.connections = connections;
        this.frames = new FrameBucket(settings.framesPerSecond(), settings.frameBurst());
        this.patience = new FrameBucket(settings.framesPerSecond(), settings.frameFlood());
        this.heard = clock.millis();
        this.refreshed = heard;
    }

    @Override
    public String id() {
        return id;
    }

    Party party() {
        return party;
    }

    @Override
    public String device() {
        return device.label();
    }

    Outflow outflow() {
        return outflow;
    }

    /// The place in the log.
    ///
    /// @throws IllegalStateException before the welcome
    Follower follower() {
        Follower known = follower;
        if (known == null) {
            throw new IllegalStateException("not welcomed yet");
        }
        return known;
    }

    @Nullable
    Follower followerIfAny() {
        return follower;
    }

    void follow(Follower opened) {
        follower = opened;
    }

    /// What an agent follows besides; null for shoppers, and before the beginning.
    @Nullable
    AgentDesk desk() {
        return desk;
    }

    void sitAt(AgentDesk opened) {
        desk = opened;
    }

    @Override
    public void message(MessageResource message, String frame) {
        outflow.take(frame);
    }

    @Override
    public void passing(String frame) {
        if (follower != null && !outflow.full()) {
            outflow.take(frame);
        }
    }

    @Override
    public void resync() {
        connections.close(this, CloseCode.RESYNC);
    }

    @Override
    public boolean full() {
        return outflow.full();
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        outflow.awaitRoom();
    }

    /// Something came from the client.
    void hear() {
        heard = clock.millis();
    }

    boolean silentSince(long millis) {
        return heard < millis;
    }

    boolean expiredAt(Instant now) {
        return !now.isBefore(expires);
    }

    void renew(Instant until) {
        expires = until;
    }

    /// Claims the renewal of presence if it is due.
    boolean claimRefresh(Duration every) {
        long now = clock.millis();
        if (now - refreshed < every.toMillis()) {
            return false;
        }
        refreshed = now;
        return true;
    }

    void refreshed() {
        refreshed = clock.millis();
    }

    /// Takes a frame that no other limit counts.
    ///
    /// @return false if it is one too many for now
    boolean admits() {
        return frames.take(clock.millis());
    }

    /// Counts a frame that was in vain: one too many, refused, or a message that was said before. Who
    /// comes back after a cut and says again what was not acknowledged stays far below what it takes.
    ///
    /// @return whether they have become a flood
    boolean countVain() {
        return !patience.take(clock.millis());
    }

    /// Counts a bad frame.
    ///
    /// @return whether it was one too many
    boolean countBad() {
        long now = clock.millis();
        bad[badCount % MOST_BAD] = now;
        badCount++;
        long tenthLast = bad[badCount % MOST_BAD];
        return badCount >= MOST_BAD && now - tenthLast <= PATIENCE.toMillis();
    }

    /// Begins to end it; the first reason stays.
    ///
    /// @return whether this call began it
    synchronized boolean beginClosing(CloseCode code) {
        if (closing != null || gone) {
            return false;
        }
        closingSince = clock.millis();
        closing = code;
        return true;
    }

    /// Whether it has had its time to leave. A slow reader gets more, to find out why.
    boolean overstays() {
        CloseCode code = closing;
        return code != null
                && clock.millis() - closingSince > (code == CloseCode.TOO_SLOW ? SLOW_LEAVE : LEAVE).toMillis();
    }

    /// Whether this is the session that was last found to be the user's own. For the thread that handles its frames.
    boolean knows(String sid) {
        return ownSession.equals(sid);
    }

    void know(String sid) {
        ownSession = sid;
    }

    boolean isClosing() {
        return closing != null;
    }

    void markGone() {
        gone = true;
        outflow.gone();
    }

    boolean isGone() {
        return gone;
    }
}
