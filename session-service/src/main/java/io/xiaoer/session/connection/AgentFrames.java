package io.xiaoer.session.connection;

import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.delivery.Follower;
import io.xiaoer.session.handoff.HeldSessions;
import io.xiaoer.session.presence.Presence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// What an agent's frames need beyond a shopper's: the log that a session's id stands for, if the agent holds it.
final class AgentFrames {

    private static final Logger LOGGER = LoggerFactory.getLogger(AgentFrames.class);

    private final HeldSessions held;
    private final Presence presence;

    AgentFrames(HeldSessions held, Presence presence) {
        this.held = held;
        this.presence = presence;
    }

    /// Whether the agent of a connection may follow a session.
    sealed interface Seat {

        record At(Follower follower) implements Seat {}

        record Refused(FrameError error) implements Seat {}
    }

    /// Asks the rows only if this connection does not follow the session yet.
    Seat seat(Connection connection, String sid) {
        var desk = connection.desk();
        if (desk == null) {
            return new Seat.Refused(FrameError.UNAVAILABLE);
        }
        var known = desk.follower(sid);
        if (known.isPresent()) {
            return new Seat.At(known.get());
        }
        try {
            var row = held.find(desk.agent().shop(), sid);
            if (row.isEmpty()) {
                return new Seat.Refused(FrameError.NOT_FOUND);
            }
            return row.get().isHeldBy(desk.agent()) ? seated(desk, row.get()) : new Seat.Refused(FrameError.FORBIDDEN);
        } catch (DataAccessException e) {
            return new Seat.Refused(FrameError.UNAVAILABLE);
        }
    }

    private static Seat seated(AgentDesk desk, SessionRow row) {
        desk.hold(row.sid(), row.user(), row.number(), "");
        return desk.follower(row.sid())
                .<Seat>map(Seat.At::new)
                .orElseGet(() -> new Seat.Refused(FrameError.UNAVAILABLE));
    }

    /// Tells the agent's devices that what was said became a draft.
    void tellDraft(Connection connection, ClientFrame.Send send) {
        try {
            presence.relay(
                    connection.party().user(),
                    "",
                    ServerFrame.draft(send.sid(), null, send.content().toMap()));
        } catch (DataAccessException e) {
            LOGGER.atDebug().log("A draft was not shown, Redis does not answer");
        }
    }
}
