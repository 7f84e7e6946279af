package io.xiaoer.session.token;

import io.xiaoer.common.access.InvalidToken;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.access.TokenVerifier;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.session.archive.Aliases;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Makes guests. Each call makes a new one, but for who presents the token of an earlier guest of the same shop, valid
/// or expired no longer than 30 days ago: that guest goes on, unless it has become a user.
@RestController
class GuestTokenController {
    private static final Logger LOGGER = LoggerFactory.getLogger(GuestTokenController.class);
    private static final Duration MEMORY = Duration.ofDays(30);
    private static final String BEARER = "Bearer ";

    private final SuiteTokens tokens;
    private final TokenVerifier verifier;
    private final ShopDirectory shops;
    private final Aliases aliases;

    GuestTokenController(SuiteTokens tokens, TokenVerifier verifier, ShopDirectory shops, Aliases aliases) {
        this.tokens = tokens;
        this.verifier = verifier;
        this.shops = shops;
        this.aliases = aliases;
    }

    /// Who wants to be a guest where.
    record Wish(String shopId, String deviceId) {
        Wish {
            ShopField.parse(shopId);
            if (!UserKey.isUserId(deviceId)) {
                throw ProblemException.invalid("device_id", "must be 1 to 64 printable characters");
            }
        }
    }

    @PostMapping("/api/v1/bot/guest-tokens")
    ResponseEntity<Answer<TokenAnswer>> create(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody Wish wish) {
        var shop = ShopField.parse(wish.shopId);
        var guest = authorization == null ? fresh() : goesOn(shop, earlier(authorization, shop));
        shops.require(shop);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(TokenAnswer.of(tokens.guest(shop, guest, wish.deviceId)));
    }

    private static String fresh() {
        return "g-" + UUID.randomUUID();
    }

    /// A guest who has become a user is nobody's any more.
    private String goesOn(ShopId shop, String guest) {
        try {
            return aliases.userOf(new UserKey(shop, UserKey.Kind.GUEST, guest)).isPresent() ? fresh() : guest;
        } catch (DataAccessException away) {
            LOGGER.atDebug().log("Whether a guest has become a user is not known now");
            return guest;
        }
    }

    private String earlier(String authorization, ShopId shop) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthorized("Only a guest token is taken here, as Bearer");
        }
        try {
            var caller = verifier.verifyExpired(
                            authorization.substring(BEARER.length()).strip(), MEMORY)
                    .caller();
            if (!caller.has(Scopes.GUEST)) {
                throw new ProblemException(ProblemCode.FORBIDDEN, "Only a guest token is taken here");
            }
            if (!shop.equals(caller.shop())) {
                throw new ProblemException(ProblemCode.FORBIDDEN, "The guest token is of another shop");
            }
            return caller.subject();
        } catch (InvalidToken refused) {
            throw unauthorized(refused.reason());
        }
    }

    private static ProblemException unauthorized(String reason) {
        return new ProblemException(ProblemCode.UNAUTHORIZED, reason)
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"invalid_token\", error_description=\"" + reason + "\"");
    }
}
