package io.xiaoer.session.connection;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;

/// Who is at the other end of a connection, as the token said at the handshake.
///
/// @param user whose log the connection follows
/// @param sender how messages from here are signed
record Party(UserKey user, Sender sender) {

    /// @throws io.xiaoer.common.problem.ProblemException 403 if the token stands for no person of a shop
    static Party of(VerifiedToken token) {
        UserKey user = token.caller().userKey();
        boolean agent = user.kind() == UserKey.Kind.AGENT;
        return new Party(user, new Sender(agent ? Role.AGENT : Role.USER, user.id(), agent ? token.name() : null));
    }

    boolean isAgent() {
        return sender.role() == Role.AGENT;
    }

    /// Whether another token stands for the same person.
    boolean same(Caller other) {
        return user.shop().equals(other.shop())
                && user.id().equals(other.subject())
                && switch (user.kind()) {
                    case USER -> other.has(Scopes.CHAT);
                    case GUEST -> other.has(Scopes.GUEST) && !other.has(Scopes.CHAT);
                    case AGENT -> other.has(Scopes.AGENT);
                };
    }
}
