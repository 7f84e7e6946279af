package io.xiaoer.session.token;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// How a storefront's backend vouches for its shopper.
@RestController
class ChatTokenController {
    private static final int SHORTEST_S = 60;
    private static final int LONGEST_S = 24 * 3600;
    private static final int DEFAULT_S = 3600;

    private final SuiteTokens tokens;
    private final ShopDirectory shops;

    ChatTokenController(SuiteTokens tokens, ShopDirectory shops) {
        this.tokens = tokens;
        this.shops = shops;
    }

    /// For whom, and for how long.
    record Wish(String userId, @Nullable Long ttlS) {
        Wish {
            if (!UserKey.mayBeGiven(userId)) {
                throw ProblemException.invalid("user_id", "must be 1 to 64 printable characters");
            }
            if (ttlS != null && (ttlS < SHORTEST_S || ttlS > LONGEST_S)) {
                throw ProblemException.invalid("ttl_s", "must be " + SHORTEST_S + " to " + LONGEST_S);
            }
        }

        Duration lifetime() {
            return Duration.ofSeconds(Objects.requireNonNullElse(ttlS, (long) DEFAULT_S));
        }
    }

    @PostMapping("/api/v1/bot/chat-tokens")
    ResponseEntity<Answer<TokenAnswer>> create(Caller caller, @RequestBody Wish wish) {
        var shop = caller.requireShop();
        shops.require(shop);
        var client = Objects.requireNonNullElse(caller.clientId(), caller.subject());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(TokenAnswer.of(tokens.chat(shop, wish.userId, client, wish.lifetime())));
    }
}
