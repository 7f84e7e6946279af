package io.xiaoer.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.testing.SetClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static TestIssuers issuers;
    private static TokenVerifier verifier;

    @BeforeAll
    static void start() {
        issuers = new TestIssuers();
        verifier = verifier(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        issuers.close();
    }

    @Test
    void aMerchantsTokenNamesItsShopAndScope() throws InvalidToken {
        var caller = verifier.verify(issuers.merchant("1001")).caller();

        assertThat(caller.requireShop()).isEqualTo(new ShopId("1001"));
        assertThat(caller.scopes()).containsExactly("merchant");
    }

    @Test
    void aChatTokenStandsForItsUser() throws InvalidToken {
        var caller = verifier.verify(issuers.chat("1001", "james_li_5688")).caller();

        assertThat(caller.userKey()).isEqualTo(new UserKey(new ShopId("1001"), UserKey.Kind.USER, "james_li_5688"));
    }

    @Test
    void aScopeMayBeAnArray() throws InvalidToken {
        var token = issuers.organisation(claims -> claims.claim("scope", List.of("ops", "merchant")));

        assertThat(verifier.verify(token).caller().scopes()).containsExactlyInAnyOrder("ops", "merchant");
    }

    @Test
    void anIssuerGivesOnlyItsOwnScopes() throws InvalidToken {
        var organisation = issuers.organisation(claims -> claims.claim("scope", "merchant chat guest internal openid"));
        var suite = issuers.suite(claims -> claims.claim("scope", "chat merchant ops agent"));

        assertThat(verifier.verify(organisation).caller().scopes()).containsExactly("merchant");
        assertThat(verifier.verify(suite).caller().scopes()).containsExactly("chat");
    }

    @Test
    void anotherIssuerIsRefused() {
        refused(issuers.organisation(claims -> claims.issuer("https://elsewhere.example")), "issuer");
    }

    @Test
    void aTokenOfOneIssuerUnderTheNameOfTheOtherIsRefused() {
        refused(issuers.organisation(claims -> claims.issuer(TestIssuers.SUITE)), "signature");
    }

    @Test
    void anotherAudienceIsRefused() {
        refused(issuers.organisation(claims -> claims.audience("elsewhere")), "audience");
    }

    @Test
    void anInternalTokenForAnotherServiceIsRefused() {
        refused(
                issuers.suite(claims -> claims.claim("scope", "internal").audience(List.of("xiaoer", "bot-service"))),
                "another service");
    }

    @Test
    void anExpiredTokenIsRefusedAfterTheSkew() throws InvalidToken {
        assertThat(verifier.verify(issuers.organisation(ended(Duration.ofSeconds(50)))))
                .isNotNull();
        refused(issuers.organisation(ended(Duration.ofSeconds(70))), "expired");
        refused(issuers.organisation(claims -> claims.expirationTime(null)), "no end");
    }

    @Test
    void anExpiredTokenIsTakenWithinAGrace() throws InvalidToken {
        var token = issuers.suite(ended(Duration.ofDays(29)));

        assertThat(verifier.verifyExpired(token, Duration.ofDays(30))).isNotNull();
        assertThatThrownBy(() -> verifier.verifyExpired(token, Duration.ofDays(28)))
                .isInstanceOf(InvalidToken.class);
    }

    @Test
    void aTokenOfTheFutureIsRefused() {
        refused(
                issuers.organisation(
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120)))),
                "not valid yet");
    }

    @Test
    void anUnsignedTokenIsRefused() {
        refused(new PlainJWT(claims()).serialize(), "no signed JWT");
        var signed = issuers.merchant("1001");
        refused("eyJhbGciOiJub25lIn0" + signed.substring(signed.indexOf('.')), "no signed JWT");
        refused(signed.substring(0, signed.lastIndexOf('.') + 1), "no signed JWT");
    }

    @Test
    void aPublicKeyUsedAsASecretIsRefused() throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("org-1").build(), claims());
        jwt.sign(new MACSigner(issuers.organisationKey().toRSAPublicKey().getEncoded()));

        refused(jwt.serialize(), "algorithm");
    }

    @Test
    void aHeaderThatBringsItsOwnKeyIsRefused() throws Exception {
        var own = new RSAKeyGenerator(2048).keyID("org-1").generate();
        refused(
                sign(
                        own,
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("org-1").jwk(own.toPublicJWK())),
                "header");
        refused(
                sign(
                        own,
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("org-1")
                                .jwkURL(URI.create("https://elsewhere.example/jwks"))),
                "header");
        refused(
                sign(
                        own,
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("org-1")
                                .x509CertURL(URI.create("https://elsewhere.example/cert"))),
                "header");
        refused(sign(own, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("org-1")), "signature");
    }

    @Test
    void otherTypesOfTokenAreRefused() {
        refused(
                issuers.organisation(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("org-1")
                                .type(new JOSEObjectType("dpop+jwt"))
                                .build(),
                        claims -> claims),
                "type");
    }

    @Test
    void aShopThatIsNoShopIdIsRefused() {
        refused(issuers.organisation(claims -> claims.claim("shop_id", "../1002")), "shop_id");
    }

    @Test
    void noiseIsRefused() {
        for (var noise : List.of("", "a", "a.b.c", "....", "\u0000", "e30.e30.e30", "x".repeat(9000))) {
            assertThatThrownBy(() -> verifier.verify(noise)).isInstanceOf(InvalidToken.class);
        }
    }

    @Test
    void aRotatedKeyIsFetchedAndAnUnknownOneNotAskedForAgainAtOnce() throws InvalidToken {
        try (var rotating = new TestIssuers()) {
            var now = Instant.now();
            var clock = new SetClock(now);
            var keys = new RemoteKeys(rotating.issuer(), null, RemoteKeys.httpClient(), clock);
            var settings = new AccessSettings(
                    rotating.issuer(), null, TestIssuers.SUITE, URI.create(rotating.suiteKeysUri()), null);
            var fresh = new TokenVerifier(settings, keys, keys, clock);
            fresh.verify(rotating.merchant("1001"));
            rotating.rotate();
            var token = rotating.merchant("1001");

            assertThatThrownBy(() -> fresh.verify(token)).isInstanceOf(InvalidToken.class);
            assertThat(rotating.fetches()).isEqualTo(1);

            clock.pass(Duration.ofSeconds(11));
            assertThat(fresh.verify(token)).isNotNull();
            assertThat(rotating.fetches()).isEqualTo(2);
        }
    }

    @Test
    void knownKeysSurviveTheIssuer() throws InvalidToken {
        var leaving = new TestIssuers();
        var clock = new SetClock(Instant.now());
        var keys = new RemoteKeys(leaving.issuer(), null, RemoteKeys.httpClient(), clock);
        var settings =
                new AccessSettings(leaving.issuer(), null, TestIssuers.SUITE, URI.create(leaving.suiteKeysUri()), null);
        var fresh = new TokenVerifier(settings, keys, keys, clock);
        var token = leaving.organisation(
                claims -> claims.expirationTime(Date.from(Instant.now().plus(Duration.ofHours(2)))));
        fresh.verify(token);

        leaving.close();
        clock.pass(Duration.ofHours(1));

        assertThat(fresh.verify(token)).isNotNull();
    }

    @Test
    void aSignatureIsCheckedOnceAndTheRestOfATokenEachTime() throws InvalidToken {
        var checked = new CheckedSignatures();
        var clock = new SetClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        var remembering = verifier(clock, checked);
        var known = issuers.organisation(
                claims -> claims.expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(1)))));
        var forged = known.substring(0, known.lastIndexOf('.') + 1) + "AAAA";
        var unknown = forged + "B";

        assertThat(remembering.verify(known)).isNotNull();
        assertThat(checked.hold(
                        CheckedSignatures.digest(known),
                        List.of(issuers.organisationKey().toPublicJWK())))
                .isTrue();
        assertThatThrownBy(() -> remembering.verify(forged)).isInstanceOf(InvalidToken.class);
        checked.add(CheckedSignatures.digest(forged), issuers.organisationKey().toPublicJWK());
        assertThat(remembering.verify(forged))
                .as("what is remembered is not checked again")
                .isNotNull();
        assertThatThrownBy(() -> remembering.verify(unknown)).isInstanceOf(InvalidToken.class);

        clock.pass(AccessSettings.SKEW.plusMinutes(1));
        assertThat(remembering.verify(known)).isNotNull();
        clock.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> remembering.verify(known)).hasMessageContaining("expired");
    }

    @Test
    void aKeyThatIsWithdrawnTakesTheTokensThatWereKnownWithIt() throws InvalidToken {
        try (var rotating = new TestIssuers()) {
            var clock = new SetClock(Instant.now());
            var keys = new RemoteKeys(rotating.issuer(), null, RemoteKeys.httpClient(), clock);
            var settings = new AccessSettings(
                    rotating.issuer(), null, TestIssuers.SUITE, URI.create(rotating.suiteKeysUri()), null);
            var fresh = new TokenVerifier(settings, keys, keys, clock);
            var token = rotating.organisation(
                    claims -> claims.expirationTime(Date.from(clock.instant().plus(Duration.ofHours(2)))));
            assertThat(fresh.verify(token)).isNotNull();
            rotating.rotate();

            clock.pass(RemoteKeys.FRESH.plusSeconds(1));

            assertThatThrownBy(() -> fresh.verify(token))
                    .isInstanceOf(InvalidToken.class)
                    .hasMessageContaining("signature");
        }
    }

    @Test
    void noMoreSignaturesAreRememberedThanThereArePlaces() {
        var checked = new CheckedSignatures();
        var key = issuers.organisationKey().toPublicJWK();
        var digests = IntStream.range(0, 2 * CheckedSignatures.PLACES)
                .mapToObj(i -> CheckedSignatures.digest("token " + i))
                .toList();

        digests.forEach(digest -> checked.add(digest, key));

        assertThat(digests.stream().filter(digest -> checked.hold(digest, List.of(key))))
                .hasSizeBetween(CheckedSignatures.PLACES / 2, CheckedSignatures.PLACES);
        assertThat(checked.hold(digests.getLast(), List.of(key))).isTrue();
        assertThat(checked.hold(digests.getLast(), List.of(issuers.suiteKey()))).isFalse();
    }

    @Test
    void keysThatWereNeverHadAreNoReasonToRefuse() {
        var gone = new TestIssuers();
        var token = gone.merchant("1001");
        gone.close();
        var keys = new RemoteKeys(gone.issuer(), null, RemoteKeys.httpClient(), Clock.systemUTC());
        var settings =
                new AccessSettings(gone.issuer(), null, TestIssuers.SUITE, URI.create(gone.suiteKeysUri()), null);

        assertThatThrownBy(() -> new TokenVerifier(settings, keys, keys, Clock.systemUTC()).verify(token))
                .isInstanceOf(KeysUnavailable.class);
    }

    private static void refused(String token, String reason) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidToken.class)
                .hasMessageContaining(reason);
    }

    private static UnaryOperator<JWTClaimsSet.Builder> ended(Duration ago) {
        return claims -> claims.expirationTime(Date.from(Instant.now().minus(ago)));
    }

    private static JWTClaimsSet claims() {
        return TestIssuers.claims(issuers.issuer()).build();
    }

    private static String sign(com.nimbusds.jose.jwk.RSAKey key, JWSHeader.Builder header) throws Exception {
        var jwt = new SignedJWT(header.build(), claims());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static TokenVerifier verifier(Clock clock) {
        return verifier(clock, new CheckedSignatures());
    }

    private static TokenVerifier verifier(Clock clock, CheckedSignatures checked) {
        var settings = new AccessSettings(
                issuers.issuer(), null, TestIssuers.SUITE, URI.create(issuers.suiteKeysUri()), "session-service");
        return new TokenVerifier(
                settings,
                new RemoteKeys(issuers.issuer(), null, RemoteKeys.httpClient(), clock),
                new RemoteKeys(TestIssuers.SUITE, URI.create(issuers.suiteKeysUri()), RemoteKeys.httpClient(), clock),
                clock,
                checked);
    }
}
