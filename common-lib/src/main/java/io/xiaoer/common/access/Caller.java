package io.xiaoer.common.access;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who calls, as the token says.
///
/// @param shop the one shop that the token is bound to; null for operators
/// @param subject the shopper, guest, agent or client
/// @param scopes what the token's issuer may give and gave
/// @param clientId the OAuth client that the token was made for
public record Caller(
        @Nullable ShopId shop,
        String subject,
        Set<String> scopes,
        @Nullable String clientId) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// The caller's shop.
    ///
    /// @throws ProblemException 403 if the token is not bound to a shop
    public ShopId requireShop() {
        if (shop == null) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The token is not bound to a shop");
        }
        return shop;
    }

    /// Whether the token carries this scope.
    public boolean has(String scope) {
        return scopes.contains(scope);
    }

    /// The person whose conversation log is meant: the shopper, the guest or the agent.
    ///
    /// @throws ProblemException 403 if the token stands for no person
    public UserKey userKey() {
        var kind = kind();
        if (kind == null) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The token stands for no shopper, guest or agent");
        }
        try {
            return new UserKey(requireShop(), kind, subject);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The token's subject is no user id", e);
        }
    }

    private UserKey.@Nullable Kind kind() {
        if (has(Scopes.CHAT)) {
            return UserKey.Kind.USER;
        }
        if (has(Scopes.GUEST)) {
            return UserKey.Kind.GUEST;
        }
        return has(Scopes.AGENT) ? UserKey.Kind.AGENT : null;
    }
}
