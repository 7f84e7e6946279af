package io.xiaoer.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.HttpCall.Reply;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The tokens of the suite as storefronts, merchants and services get them.
@SessionServiceTest
class TokensIT {
    private static final String GUESTS = "/api/v1/bot/guest-tokens";
    private static final String CHATS = "/api/v1/bot/chat-tokens";
    private static final String INTERNAL = "/internal/tokens";

    @LocalServerPort
    private int port;

    private String shop = "";

    @BeforeEach
    void aShop() {
        shop = TestShops.create(base());
    }

    @Test
    void aGuestTokenIsOfTheFormThatTheContractNames() throws Exception {
        var reply = guest("{\"shop_id\":\"%s\",\"device_id\":\"d1\"}".formatted(shop));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json("data", "type").asString()).isEqualTo("token");
        assertThat(reply.json("data").has("id")).isFalse();
        assertThat(reply.json("data", "attributes", "expires_in").asLong()).isEqualTo(86_400);
        assertThat(reply.json("meta", "request_id").asString()).isNotBlank();
        assertThat(reply.header("Cache-Control")).contains("no-store");
        var jwt = SignedJWT.parse(tokenOf(reply));
        var claims = jwt.getJWTClaimsSet();
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(claims.getIssuer()).isEqualTo(TestIssuers.SUITE);
        assertThat(claims.getSubject()).startsWith("g-");
        assertThat(claims.getAudience()).containsExactly("xiaoer");
        assertThat(claims.getStringClaim("scope")).isEqualTo("guest");
        assertThat(claims.getStringClaim("shop_id")).isEqualTo(shop);
        assertThat(claims.getStringClaim("client_id")).isNotBlank();
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getNotBeforeTime()).isNotNull();
    }

    @Test
    void thePublishedKeysVerifyATokenAndHoldNoPrivatePart() throws Exception {
        var jwt = SignedJWT.parse(tokenOf(guest("{\"shop_id\":\"%s\",\"device_id\":\"d1\"}".formatted(shop))));

        var keys = JWKSet.parse(
                HttpCall.get(base() + "/oauth2/jwks").send().response().body());
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();

        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(key.isPrivate()).isFalse();
    }

    @Test
    void eachCallMakesANewGuestForTheSameDeviceToo() throws Exception {
        var wish = "{\"shop_id\":\"%s\",\"device_id\":\"d1\"}".formatted(shop);

        assertThat(subject(guest(wish))).isNotEqualTo(subject(guest(wish)));
    }

    @Test
    void whoPresentsAGuestTokenGoesOnAsThatGuest() throws Exception {
        var wish = "{\"shop_id\":\"%s\",\"device_id\":\"d1\"}".formatted(shop);
        var first = guest(wish);

        var again =
                HttpCall.post(base() + GUESTS).bearer(tokenOf(first)).json(wish).send();

        assertThat(subject(again)).isEqualTo(subject(first));
    }

    @Test
    void aGuestTokenThatExpiredWithin30DaysStillProvesItsGuest() throws Exception {
        var reply = presenting(expiredGuest(Duration.ofDays(29)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(subject(reply)).isEqualTo("g-earlier");
    }

    @Test
    void aGuestTokenThatExpiredOver30DaysAgoProvesNothing() {
        var reply = presenting(expiredGuest(Duration.ofDays(31)));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The token has expired\"");
    }

    @Test
    void aForgedGuestTokenIsRefused() {
        var token = TestIssuers.guest(shop, "g-mine");
        var parts = token.split("\\.");
        var other = TestIssuers.guest(shop, "g-another").split("\\.");

        assertThat(presenting(parts[0] + "." + other[1] + "." + parts[2]).status())
                .isEqualTo(401);
    }

    @Test
    void aTokenThatIsNoGuestsMakesNoGuest() {
        assertThat(presenting(TestIssuers.chat(shop, "james")).status()).isEqualTo(403);
        assertThat(presenting(TestIssuers.merchant(shop)).status()).isEqualTo(403);
    }

    @Test
    void aGuestOfAnotherShopIsRefused() {
        assertThat(presenting(TestIssuers.guest("another", "g-mine")).status()).isEqualTo(403);
    }

    @Test
    void aGuestOfAnUnknownShopIsNotFound() {
        var reply = guest("{\"shop_id\":\"nowhere\",\"device_id\":\"d1\"}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json("code").asString()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"device_id":"d"}                          | shop_id
            {"shop_id":"1001"}                         | device_id
            {"shop_id":"1001","device_id":""}          | device_id
            {"shop_id":"1001","device_id":null}        | device_id
            {"shop_id":"Not A Shop","device_id":"d"}   | shop_id
            """)
    void aGuestOfABadWishIsRefusedByFieldName(String wish, String field) {
        var reply = guest(wish);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json("code").asString()).isEqualTo("invalid_request");
        assertThat(reply.json("errors").get(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void aDeviceLabelOf65CharactersIsRefusedAndOneOf64IsNot() {
        assertThat(guest("{\"shop_id\":\"%s\",\"device_id\":\"%s\"}".formatted(shop, "d".repeat(65)))
                        .status())
                .isEqualTo(400);
        assertThat(guest("{\"shop_id\":\"%s\",\"device_id\":\"%s\"}".formatted(shop, "d".repeat(64)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aMerchantVouchesForAShopperOfItsOwnShop() throws Exception {
        var reply = chat("{\"user_id\":\"james_li 李\",\"shop_id\":\"another\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json("data", "attributes", "expires_in").asLong()).isEqualTo(3600);
        var claims = claims(reply);
        assertThat(claims.getSubject()).isEqualTo("james_li 李");
        assertThat(claims.getStringClaim("shop_id")).isEqualTo(shop);
        assertThat(claims.getStringClaim("scope")).isEqualTo("chat");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("merchant-" + shop);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 86_400})
    void aChatTokenLivesAsLongAsItsMerchantAsks(int ttl) throws Exception {
        var reply = chat("{\"user_id\":\"james\",\"ttl_s\":%d}".formatted(ttl));

        assertThat(reply.json("data", "attributes", "expires_in").asLong()).isEqualTo(ttl);
        var claims = claims(reply);
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(ttl));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                   | user_id
            {"user_id":""}                       | user_id
            {"user_id":"a\\u0007b"}              | user_id
            {"user_id":"\\u200b"}                | user_id
            {"user_id":"a\\u200bb"}              | user_id
            {"user_id":"\\u202ex"}               | user_id
            {"user_id":"\\u00ad"}                | user_id
            {"user_id":"\\ufeff"}                | user_id
            {"user_id":"\\ue000"}                | user_id
            {"user_id":"james","ttl_s":59}       | ttl_s
            {"user_id":"james","ttl_s":86401}    | ttl_s
            {"user_id":"james","ttl_s":"long"}   | ttl_s
            """)
    void aBadWishForAChatTokenIsRefusedByFieldName(String wish, String field) {
        var reply = chat(wish);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json("errors").get(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void aUserIdOf65CharactersIsRefused() {
        assertThat(chat("{\"user_id\":\"%s\"}".formatted("u".repeat(65))).status())
                .isEqualTo(400);
    }

    @Test
    void whatIsNoJsonIsMalformed() {
        var reply = chat("{\"user_id\":");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json("code").asString()).isEqualTo("malformed");
    }

    @Test
    void onlyAMerchantVouches() {
        for (var token : new String[] {
            TestIssuers.chat(shop, "james"),
            TestIssuers.guest(shop, "g-1"),
            TestIssuers.agent(shop, "lin"),
            TestIssuers.ops(),
            TestIssuers.internal(shop, "bot-service", "session-service")
        }) {
            var reply = HttpCall.post(base() + CHATS)
                    .bearer(token)
                    .json("{\"user_id\":\"james\"}")
                    .send();
            assertThat(reply.status()).isEqualTo(403);
        }
        assertThat(HttpCall.post(base() + CHATS)
                        .json("{\"user_id\":\"james\"}")
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aMerchantOfAShopThatDoesNotExistVouchesForNobody() {
        var reply = HttpCall.post(base() + CHATS)
                .bearer(TestIssuers.merchant("nowhere"))
                .json("{\"user_id\":\"james\"}")
                .send();

        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void aServiceGetsAnInternalTokenForItsTargetAlone() throws Exception {
        var reply = internal(basic("bot-service", TestIssuers.SERVICE_SECRET), "order-sync-service");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json("data", "attributes", "expires_in").asLong()).isEqualTo(300);
        var claims = claims(reply);
        assertThat(claims.getAudience()).containsExactly("xiaoer", "order-sync-service");
        assertThat(claims.getStringClaim("scope")).isEqualTo("internal");
        assertThat(claims.getStringClaim("act")).isEqualTo("bot-service");
        assertThat(claims.getStringClaim("shop_id")).isEqualTo(shop);
    }

    @Test
    void aWrongSecretAnUnknownServiceAndAnEmptySecretGetNoInternalToken() {
        for (var authorization : new String[] {
            basic("bot-service", UUID.randomUUID().toString()),
            basic("nobody", TestIssuers.SERVICE_SECRET),
            basic("bot-service", ""),
            basic("", ""),
            "Basic !!!"
        }) {
            assertThat(internal(authorization, "session-service").status())
                    .as(authorization)
                    .isEqualTo(401);
        }
    }

    @Test
    void noBearerOpensTheInternalAddress() {
        for (var token : new String[] {
            TestIssuers.ops(), TestIssuers.merchant(shop), TestIssuers.internal(shop, "bot-service", "session-service")
        }) {
            assertThat(internal("Bearer " + token, "session-service").status()).isEqualTo(401);
        }
    }

    @Test
    void anUnknownTargetIsRefused() {
        assertThat(internal(basic("bot-service", TestIssuers.SERVICE_SECRET), "the-moon")
                        .status())
                .isEqualTo(400);
    }

    private Reply presenting(String token) {
        return HttpCall.post(base() + GUESTS)
                .bearer(token)
                .json("{\"shop_id\":\"%s\",\"device_id\":\"d1\"}".formatted(shop))
                .send();
    }

    private String expiredGuest(Duration ago) {
        var end = Instant.now().minus(ago);
        return TestIssuers.sign(TestIssuers.suiteClaims(shop, "g-earlier", "guest")
                .issueTime(Date.from(end.minus(Duration.ofDays(1))))
                .notBeforeTime(Date.from(end.minus(Duration.ofDays(1))))
                .expirationTime(Date.from(end))
                .build());
    }

    private Reply guest(String wish) {
        return HttpCall.post(base() + GUESTS).json(wish).send();
    }

    private Reply chat(String wish) {
        return HttpCall.post(base() + CHATS)
                .bearer(TestIssuers.merchant(shop))
                .json(wish)
                .send();
    }

    private Reply internal(String authorization, String target) {
        return HttpCall.post(base() + INTERNAL)
                .header("Authorization", authorization)
                .json("{\"shop_id\":\"%s\",\"aud\":\"%s\"}".formatted(shop, target))
                .send();
    }

    private static String basic(String name, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String tokenOf(Reply reply) {
        return reply.json("data", "attributes", "token").asString();
    }

    private static JWTClaimsSet claims(Reply reply) throws Exception {
        return SignedJWT.parse(tokenOf(reply)).getJWTClaimsSet();
    }

    private static String subject(Reply reply) throws Exception {
        return claims(reply).getSubject();
    }

    private String base() {
        return "http://localhost:" + port;
    }
}
