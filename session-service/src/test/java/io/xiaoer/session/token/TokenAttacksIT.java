package io.xiaoer.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.TokenAttacks;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The service's own port takes no token that is not one, whatever stands in front of it.
@SessionServiceTest
class TokenAttacksIT {
    @LocalServerPort
    private int port;

    @ParameterizedTest
    @MethodSource("io.xiaoer.common.testing.TokenAttacks#all")
    void aForgedTokenIsRefused(TokenAttacks.Attack attack) {
        for (var path : List.of("/api/v1/shop", "/api/v1/ops/shops/1001")) {
            var reply = HttpCall.get(base() + path).bearer(attack.token()).send();

            assertThat(reply.status()).isEqualTo(attack.status());
            assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
            assertThat(reply.response().body()).doesNotContain("xception");
        }
    }

    @ParameterizedTest
    @MethodSource("io.xiaoer.common.testing.TokenAttacks#all")
    void aForgedTokenProvesNoGuest(TokenAttacks.Attack attack) {
        var reply = HttpCall.post(base() + "/api/v1/bot/guest-tokens")
                .bearer(attack.token())
                .json("{\"shop_id\":\"1001\",\"device_id\":\"d\"}")
                .send();

        assertThat(reply.status()).isIn(401, 403);
    }

    @Test
    void theGoodTokenThatTheyAreMadeFromIsTaken() {
        var shop = TestShops.create(base());

        assertThat(HttpCall.get(base() + "/api/v1/shop")
                        .bearer(TestIssuers.merchant(shop))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void scopeAsAnArrayIsTaken() {
        var shop = TestShops.create(base());
        var token = TestIssuers.sign(TestIssuers.organisationClaims("m", "")
                .claim("scope", List.of("profile", "merchant"))
                .claim("shop_id", shop)
                .build());

        assertThat(HttpCall.get(base() + "/api/v1/shop").bearer(token).send().status())
                .isEqualTo(200);
    }

    @Test
    void aTokenInTheQueryIsNotTaken() {
        var reply = HttpCall.get(base() + "/api/v1/shop?access_token=" + TestIssuers.merchant("1001"))
                .send();

        assertThat(reply.status()).isEqualTo(401);
    }

    @AfterAll
    static void noKeysThatATokenNamedWereRead() {
        assertThat(TokenAttacks.foreignKeysWereRead()).isFalse();
    }

    private String base() {
        return "http://localhost:" + port;
    }
}
