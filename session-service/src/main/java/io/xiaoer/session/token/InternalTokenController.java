package io.xiaoer.session.token;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Gives a service a token for one call target and one shop. No Bearer opens this address, and it is never routed.
@RestController
class InternalTokenController {
    private final SuiteTokens tokens;
    private final ServiceSecrets secrets;

    InternalTokenController(SuiteTokens tokens, ServiceSecrets secrets) {
        this.tokens = tokens;
        this.secrets = secrets;
    }

    /// Which service is to be called for which shop.
    record Wish(String shopId, String aud) {
        Wish {
            ShopField.parse(shopId);
            if (!ServiceSecrets.SERVICES.contains(aud)) {
                throw ProblemException.invalid("aud", "must be one of " + ServiceSecrets.SERVICES);
            }
        }
    }

    @PostMapping("/internal/tokens")
    ResponseEntity<Answer<TokenAnswer>> create(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody Wish wish) {
        var service = secrets.prove(authorization)
                .orElseThrow(() -> new ProblemException(
                                ProblemCode.UNAUTHORIZED, "The call needs a service's name and secret as HTTP Basic")
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"xiaoer\""));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(TokenAnswer.of(tokens.internal(ShopField.parse(wish.shopId), service, wish.aud)));
    }
}
