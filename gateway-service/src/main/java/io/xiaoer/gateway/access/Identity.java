package io.xiaoer.gateway.access;

import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/// What a call says about who makes it.
sealed interface Identity {

    String ATTRIBUTE = Identity.class.getName();

    /// The identity of an exchange, as the admission filter found it.
    static @Nullable Identity of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /// No token came.
    enum None implements Identity {
        INSTANCE
    }

    /// A token came and does not do.
    ///
    /// @param problem the answer where a token is needed
    record Refused(ProblemException problem) implements Identity {}

    /// A token came and is valid.
    record Known(VerifiedToken token) implements Identity {

        /// Backends, agents and operators are not limited by address.
        boolean isUnlimited() {
            var caller = token.caller();
            return caller.has(Scopes.MERCHANT) || caller.has(Scopes.AGENT) || caller.has(Scopes.OPS);
        }
    }
}
