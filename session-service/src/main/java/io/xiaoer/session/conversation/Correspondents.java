package io.xiaoer.session.conversation;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Whose log a caller means, and as whom they speak in it.
@Component
class Correspondents {

    private final SessionDirectory directory;
    private final SessionStore store;

    Correspondents(SessionDirectory directory, SessionStore store) {
        this.directory = directory;
        this.store = store;
    }

    /// @param user whose log
    /// @param from who speaks
    record Correspondent(UserKey user, Sender from) {

        boolean isAgent() {
            return from.role() == Role.AGENT;
        }
    }

    /// Who is about to say something in a session. A shopper's right to it is left to the append.
    ///
    /// @throws ProblemException `not_found`, `unavailable`
    Correspondent speaker(VerifiedToken token, String sid) {
        if (!SnowflakeIds.isId(sid)) {
            throw Problems.noSuchSession();
        }
        var self = token.caller().userKey();
        return self.kind() == UserKey.Kind.AGENT
                ? new Correspondent(shopperOf(self, sid), new Sender(Role.AGENT, self.id(), token.name()))
                : new Correspondent(self, new Sender(Role.USER, self.id(), null));
    }

    /// Whose log may be read with the key of this session: the shopper's own, or that of whom the agent serves.
    ///
    /// @throws ProblemException `not_found`, `forbidden`, `unavailable`
    UserKey reader(Caller caller, String sid) {
        if (!SnowflakeIds.isId(sid)) {
            throw Problems.noSuchSession();
        }
        var self = caller.userKey();
        if (self.kind() == UserKey.Kind.AGENT) {
            return heldBy(self, sid);
        }
        try {
            if (directory.isOf(self, sid)) {
                return self;
            }
        } catch (DataAccessException e) {
            throw Problems.unavailable(e);
        }
        throw Problems.noSuchSession();
    }

    /// Whether the caller is the agent who held the session and closed it.
    ///
    /// @throws ProblemException `unavailable`
    boolean hasClosed(Caller caller, String sid) {
        var agent = caller.userKey();
        try {
            return store.find(agent.shop(), sid)
                    .filter(row ->
                            row.changedHow() == Change.ENDED && agent.id().equals(row.changedBy()))
                    .isPresent();
        } catch (DataAccessException e) {
            throw Problems.unavailable(e);
        }
    }

    private UserKey shopperOf(UserKey self, String sid) {
        try {
            return directory.userOf(self.shop(), sid).orElseThrow(Problems::noSuchSession);
        } catch (DataAccessException e) {
            throw Problems.unavailable(e);
        }
    }

    private UserKey heldBy(UserKey agent, String sid) {
        try {
            var row = store.find(agent.shop(), sid).orElseThrow(Problems::noSuchSession);
            if (row.owner() != Owner.AGENT || !agent.id().equals(row.holder())) {
                throw new ProblemException(ProblemCode.FORBIDDEN, "The session is not held by this agent");
            }
            return row.user();
        } catch (DataAccessException e) {
            throw Problems.unavailable(e);
        }
    }
}
