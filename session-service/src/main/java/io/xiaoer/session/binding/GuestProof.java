package io.xiaoer.session.binding;

import io.xiaoer.common.access.InvalidToken;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.access.TokenVerifier;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks that who calls is a guest too: by the guest's token.
@Component
public class GuestProof {

    private final TokenVerifier tokens;

    GuestProof(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    /// The guest whom a token proves.
    ///
    /// @throws ProblemException `forbidden` if it proves no guest of this shop
    public UserKey guestOf(@Nullable String token, ShopId shop) {
        if (token == null || token.isBlank()) {
            throw unproven("guest_token proves nothing");
        }
        try {
            var caller = tokens.verify(token.strip()).caller();
            if (!caller.has(Scopes.GUEST) || caller.has(Scopes.CHAT)) {
                throw unproven("guest_token is no guest's token");
            }
            if (!shop.equals(caller.shop())) {
                throw unproven("guest_token is of another shop");
            }
            return caller.userKey();
        } catch (InvalidToken refused) {
            throw unproven("guest_token: " + refused.reason());
        }
    }

    private static ProblemException unproven(String why) {
        return new ProblemException(ProblemCode.FORBIDDEN, why);
    }
}
