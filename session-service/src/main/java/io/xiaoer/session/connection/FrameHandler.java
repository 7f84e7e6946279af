package io.xiaoer.session.connection;

import io.xiaoer.common.access.InvalidToken;
import io.xiaoer.common.access.KeysUnavailable;
import io.xiaoer.common.access.TokenVerifier;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.conversation.MessageRoad;
import io.xiaoer.session.conversation.MessageRoad.Outcome;
import io.xiaoer.session.conversation.SessionDirectory;
import io.xiaoer.session.delivery.Follower;
import io.xiaoer.session.delivery.NodeDelivery;
import io.xiaoer.session.presence.Presence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Does what a client's frame asks for and answers it. May wait, so it runs on a virtual thread; frames of one
/// connection come here one after the other.
final class FrameHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(FrameHandler.class);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final MessageRoad road;
    private final SessionDirectory sessions;
    private final NodeDelivery delivery;
    private final Presence presence;
    private final TokenVerifier tokens;
    private final ShopRules shops;
    private final Connections connections;
    private final AgentFrames agents;
    private final AgentDesks desks;
    private final ConnectionMeters meters;
    private final Clock clock;

    FrameHandler(
            MessageRoad road,
            SessionDirectory sessions,
            NodeDelivery delivery,
            Presence presence,
            TokenVerifier tokens,
            ShopRules shops,
            Connections connections,
            AgentFrames agents,
            AgentDesks desks,
            ConnectionMeters meters,
            Clock clock) {
        this.road = road;
        this.sessions = sessions;
        this.delivery = delivery;
        this.presence = presence;
        this.tokens = tokens;
        this.shops = shops;
        this.connections = connections;
        this.agents = agents;
        this.desks = desks;
        this.meters = meters;
        this.clock = clock;
    }

    void handle(Connection connection, String text) {
        meters.in();
        try {
            var frame = ClientFrame.parse(text, connection.party().isAgent());
            LOGGER.atDebug()
                    .addKeyValue("connection", connection.id())
                    .addKeyValue("frame", frame.getClass().getSimpleName())
                    .log("A frame came");
            if (!admits(connection, frame)) {
                return;
            }
            if (!(frame instanceof ClientFrame.Sync)) {
                connection.follower().release();
            }
            switch (frame) {
                case ClientFrame.Send send -> send(connection, send);
                case ClientFrame.Sync sync -> sync(connection, sync);
                case ClientFrame.Typing typing -> typing(connection, typing);
                case ClientFrame.Read read -> read(connection, read);
                case ClientFrame.Auth auth -> auth(connection, auth);
                case ClientFrame.Ping() -> ping(connection);
            }
        } catch (BadFrame e) {
            refuse(connection, e);
        }
    }

    /// What is said has the shopper's own limit, see [#isInVain]; all else has one for each connection.
    /// A `typing` too many is lost, as any may be.
    private boolean admits(Connection connection, ClientFrame frame) {
        if (frame instanceof ClientFrame.Send || connection.admits()) {
            return true;
        }
        if (frame instanceof ClientFrame.Typing) {
            meters.refused(FrameError.RATE_LIMITED);
        } else {
            refuse(connection, FrameError.RATE_LIMITED, ServerFrame.limited(null, SOON));
        }
        endFlood(connection);
        return false;
    }

    private void endFlood(Connection connection) {
        if (connection.countVain()) {
            connections.close(connection, CloseCode.PROTOCOL_VIOLATION);
        }
    }

    /// Whether a message changed nothing and did not count against the shopper's limit, which bounds
    /// what else is said.
    private static boolean isInVain(MessageRoad.Sending sending, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> accepted.duplicate();
            case Outcome.Conflict _,
                    Outcome.Closed _,
                    Outcome.NotFound _,
                    Outcome.Forbidden _,
                    Outcome.Fenced _,
                    Outcome.Limited _ -> true;
            case Outcome.Refused _ -> !sending.limited();
            // Nobody is sent away for good since the suite had an outage.
            case Outcome.Unavailable _ -> false;
        };
    }

    /// Answers what is no text at all.
    void refuseBinary(Connection connection) {
        meters.in();
        refuse(connection, new BadFrame(FrameError.INVALID_FRAME, null, "frames are text"));
    }

    private void refuse(Connection connection, BadFrame bad) {
        refuse(connection, bad.error(), ServerFrame.error(bad.id(), bad.error(), bad.reason()));
        if (bad.error().violates() && connection.countBad()) {
            connections.close(connection, CloseCode.PROTOCOL_VIOLATION);
        }
        if (bad.error() == FrameError.TOO_LONG) {
            endFlood(connection);
        }
    }

    private void refuse(Connection connection, FrameError error, String frame) {
        meters.refused(error);
        connection.outflow().take(frame);
    }

    private void refuse(Connection connection, @Nullable String id, FrameError error) {
        refuse(connection, error, ServerFrame.error(id, error, null));
    }

    private void send(Connection connection, ClientFrame.Send send) throws BadFrame {
        Instant now = clock.instant();
        if (send.ts() < now.minus(SKEW).toEpochMilli()
                || send.ts() > now.plus(SKEW).toEpochMilli()) {
            refuse(connection, FrameError.STALE_TIMESTAMP, ServerFrame.stale(send.id(), now));
            endFlood(connection);
            return;
        }
        var party = connection.party();
        shops.check(party.user().shop(), send);
        Optional<UserKey> user = owner(party, send.sid());
        if (user == null) {
            refuse(connection, send.id(), FrameError.UNAVAILABLE);
        } else if (user.isEmpty()) {
            refuse(connection, send.id(), FrameError.NOT_FOUND);
            endFlood(connection);
        } else {
            var sending = new MessageRoad.Sending(
                    user.get(), party.sender(), send.id(), send.sid(), send.content(), !party.isAgent(), send.number());
            var outcome = road.send(sending);
            answer(connection, send, outcome);
            if (isInVain(sending, outcome)) {
                endFlood(connection);
            }
        }
    }

    /// Whose log a session's messages go to; null if that cannot be said now. A shopper's right to the
    /// session is left to the append.
    private @Nullable Optional<UserKey> owner(Party party, String sid) {
        if (!SnowflakeIds.isId(sid)) {
            return Optional.empty();
        }
        if (!party.isAgent()) {
            return Optional.of(party.user());
        }
        try {
            return sessions.userOf(party.user().shop(), sid);
        } catch (DataAccessException e) {
            return null;
        }
    }

    private void answer(Connection connection, ClientFrame.Send send, Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted accepted ->
                connection
                        .outflow()
                        .take(ServerFrame.ack(send.id(), accepted.message().id(), accepted.duplicate()));
            case Outcome.Conflict(var messageId) ->
                refuse(connection, FrameError.CONFLICT, ServerFrame.conflict(send.id(), messageId));
            case Outcome.Closed(var kept) -> {
                if (kept) {
                    refuseKept(connection, send, FrameError.CLOSED, "the session is closed, this is kept as a draft");
                } else {
                    refuse(connection, send.id(), FrameError.CLOSED);
                }
            }
            case Outcome.NotFound() -> refuse(connection, send.id(), FrameError.NOT_FOUND);
            case Outcome.Forbidden() -> refuse(connection, send.id(), FrameError.FORBIDDEN);
            case Outcome.Fenced() ->
                refuseKept(
                        connection,
                        send,
                        FrameError.FORBIDDEN,
                        "the session has changed hands, this is kept as a draft");
            case Outcome.Refused() ->
                refuse(
                        connection,
                        FrameError.FORBIDDEN,
                        ServerFrame.error(
                                send.id(), FrameError.FORBIDDEN, "the message holds words that the shop refuses"));
            case Outcome.Limited(var retryAfter, var messages) ->
                refuse(connection, FrameError.RATE_LIMITED, ServerFrame.limited(send.id(), retryAfter));
            case Outcome.Unavailable() -> refuse(connection, send.id(), FrameError.UNAVAILABLE);
        }
    }

    private void refuseKept(Connection connection, ClientFrame.Send send, FrameError error, String detail) {
        refuse(connection, error, ServerFrame.error(send.id(), error, detail));
        agents.tellDraft(connection, send);
    }

    private void sync(Connection connection, ClientFrame.Sync sync) {
        String sid = connection.party().isAgent() ? sync.sid() : null;
        if (sid == null) {
            sync(connection, connection.follower(), sync.after(), null);
            return;
        }
        switch (agents.seat(connection, sid)) {
            case AgentFrames.Seat.At(var follower) -> sync(connection, follower, sync.after(), sid);
            case AgentFrames.Seat.Refused(var error) -> refuse(connection, null, error);
        }
    }

    private void sync(Connection connection, Follower follower, String after, @Nullable String sid) {
        follower.sync(new Follower.Sync() {
            @Override
            public String after() {
                return after;
            }

            @Override
            public void done(boolean recovered, String last) {
                connection
                        .outflow()
                        .take(
                                sid == null
                                        ? ServerFrame.synced(recovered, last)
                                        : ServerFrame.synced(sid, recovered, last));
            }

            @Override
            public void failed() {
                refuse(connection, null, FrameError.UNAVAILABLE);
            }
        });
    }

    private void typing(Connection connection, ClientFrame.Typing typing) {
        relay(
                connection,
                typing.sid(),
                (user, except) ->
                        presence.relay(user, except, ServerFrame.typing(typing.sid(), typing.on(), from(connection))));
    }

    private void read(Connection connection, ClientFrame.Read read) {
        String reader = connection.party().isAgent() ? from(connection) : connection.device();
        var cursor = new Presence.Cursor(reader, read.sid(), read.upTo());
        relay(connection, read.sid(), (user, except) -> presence.read(user, except, cursor, ReadFrame.of(cursor)));
    }

    private static String from(Connection connection) {
        return connection.party().sender().role().label();
    }

    /// Tells of something, with the log that it concerns and who must not hear it.
    private interface Telling {
        void tell(UserKey user, String except);
    }

    /// To all who follow the log but this connection: the shopper's devices, and the agent who holds the session.
    private void relay(Connection connection, String sid, Telling telling) {
        var desk = connection.desk();
        if (desk == null) {
            if (isOwn(connection, sid)) {
                relay(connection.party().user(), connection.id(), telling);
            }
            return;
        }
        switch (agents.seat(connection, sid)) {
            case AgentFrames.Seat.At(var follower) -> relay(follower.user(), desk.outletId(sid), telling);
            case AgentFrames.Seat.Refused(var error) -> refuse(connection, null, error);
        }
    }

    /// Whether a shopper has this session, which is told if not. It is asked once for each session that a connection
    /// speaks of, for it stays the shopper's.
    private boolean isOwn(Connection connection, String sid) {
        if (connection.knows(sid)) {
            return true;
        }
        try {
            if (sessions.isOf(connection.party().user(), sid)) {
                connection.know(sid);
                return true;
            }
            refuse(connection, null, FrameError.NOT_FOUND);
        } catch (DataAccessException e) {
            LOGGER.atDebug().log("A passing frame was lost, nobody can say whose session it is about");
        }
        return false;
    }

    private static void relay(UserKey user, String except, Telling telling) {
        try {
            telling.tell(user, except);
        } catch (DataAccessException e) {
            LOGGER.atDebug().log("A passing frame was lost, Redis does not answer");
        }
    }

    private void auth(Connection connection, ClientFrame.Auth auth) {
        try {
            var token = tokens.verify(auth.token());
            if (connection.party().same(token.caller())) {
                connection.renew(token.expiresAt());
            } else {
                connections.close(connection, CloseCode.NOT_ALLOWED);
            }
        } catch (InvalidToken e) {
            refuse(connection, null, FrameError.FORBIDDEN);
        } catch (KeysUnavailable e) {
            refuse(connection, null, FrameError.UNAVAILABLE);
        }
    }

    private void ping(Connection connection) {
        String last = connection.follower().place();
        try {
            connection.refreshed();
            last = delivery.refresh(connection.follower());
            desks.refresh(connection);
        } catch (DataAccessException e) {
            LOGGER.atDebug().log("A ping was answered without Redis");
        }
        connection.outflow().take(ServerFrame.pong(last));
    }
}
