package io.xiaoer.common.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// The tokens that no service may take, each a good one but for one thing. A service under [WithIssuers] is called with
/// each at any address that wants a token, and answers with the attack's status:
///
/// ```java
/// @ParameterizedTest
/// @MethodSource("io.xiaoer.common.testing.TokenAttacks#all")
/// void aForgedTokenIsRefused(TokenAttacks.Attack attack) { … }
/// ```
///
/// After all of them [#foreignKeysWereRead()] must be false.
public final class TokenAttacks {
    private static final String SHOP = "1001";
    private static final int REFUSED = 401;
    private static final int NOT_ALLOWED = 403;

    private TokenAttacks() {}

    /// One attack.
    ///
    /// @param name what is wrong with the token
    /// @param status the answer it must get
    public record Attack(String name, String token, int status) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Whether a service followed a `jku` or `x5u` to keys that a token named.
    public static boolean foreignKeysWereRead() {
        return TestIssuers.foreignFetches() > 0;
    }

    /// All attacks; those with status 403 carry a good signature and a scope that their issuer may not give.
    public static List<Attack> all() throws JOSEException {
        var attacks = new ArrayList<Attack>();
        attacks.addAll(brokenOnes());
        attacks.addAll(wrongClaims());
        attacks.addAll(wrongKeys());
        attacks.addAll(wrongHeaders());
        attacks.addAll(scopesOfTheOtherIssuer());
        return attacks;
    }

    private static List<Attack> brokenOnes() {
        var good = TestIssuers.merchant(SHOP);
        var parts = good.split("\\.");
        var other =
                TestIssuers.sign(merchant().claim("shop_id", "1002").build()).split("\\.");
        var chat = TestIssuers.chat(SHOP, "james").split("\\.");
        return List.of(
                refused("a flipped bit in the signature", parts[0] + '.' + parts[1] + '.' + flipped(parts[2])),
                refused("no signature", parts[0] + '.' + parts[1] + '.'),
                refused("claims of another token", parts[0] + '.' + other[1] + '.' + parts[2]),
                refused("an ES256 signature of zeros", chat[0] + '.' + chat[1] + '.' + zeros()),
                refused("two parts", parts[0] + '.' + parts[1]),
                refused("five parts, as if encrypted", good + ".a.b"),
                refused("no token at all", "nonsense"),
                refused("empty parts", ".."),
                refused("a payload that is no JSON", parts[0] + '.' + Base64URL.encode("[1,") + '.' + parts[2]));
    }

    private static List<Attack> wrongClaims() {
        var now = Instant.now();
        return List.of(
                refused("expired", signed(merchant().expirationTime(Date.from(now.minusSeconds(120))))),
                refused("without an end", signed(merchant().expirationTime(null))),
                refused("not valid yet", signed(merchant().notBeforeTime(Date.from(now.plusSeconds(300))))),
                refused("for another audience", signed(merchant().audience("another"))),
                refused("for no audience", signed(merchant().audience((String) null))),
                refused("without a subject", signed(merchant().subject(null))),
                refused("a shop_id that is none", signed(merchant().claim("shop_id", "1001' OR 1=1"))));
    }

    private static List<Attack> wrongKeys() throws JOSEException {
        var foreign = TestIssuers.foreignKey();
        var good = merchant().build();
        var ofSuite = TestIssuers.suiteClaims(SHOP, "james", "chat").build();
        var underItsKey = new RSASSASigner(foreign);
        return List.of(
                refused(
                        "a foreign issuer",
                        TestIssuers.sign(
                                merchant().issuer("https://foreign.example").build(), foreign)),
                refused(
                        "without an issuer",
                        TestIssuers.sign(merchant().issuer(null).build(), foreign)),
                refused("a foreign key", TestIssuers.sign(good, foreign)),
                refused(
                        "a foreign key under the organisation's key id",
                        TestIssuers.sign(
                                good,
                                TestIssuers.header(JWSAlgorithm.RS256, TestIssuers.ORGANISATION_KEY.getKeyID())
                                        .build(),
                                underItsKey)),
                refused("the suite's key for the organisation's token", TestIssuers.sign(good, TestIssuers.SUITE_KEY)),
                refused(
                        "the organisation's key for the suite's token",
                        TestIssuers.sign(ofSuite, TestIssuers.ORGANISATION_KEY)),
                refused("alg none", new PlainJWT(good).serialize()),
                refused(
                        "HS256 with the organisation's public key",
                        mac(good, TestIssuers.ORGANISATION_KEY.toRSAPublicKey().getEncoded(), keyOfOrganisation())),
                refused(
                        "HS256 with the organisation's public JWK",
                        mac(
                                good,
                                bytes(TestIssuers.ORGANISATION_KEY.toPublicJWK().toJSONString()),
                                keyOfOrganisation())),
                refused(
                        "HS256 with the suite's public key",
                        mac(
                                ofSuite,
                                TestIssuers.SUITE_KEY.toECPublicKey().getEncoded(),
                                TestIssuers.SUITE_KEY.getKeyID())));
    }

    private static List<Attack> wrongHeaders() throws JOSEException {
        var foreign = TestIssuers.foreignKey();
        var keys = URI.create(TestIssuers.foreignKeys());
        return List.of(
                refused("jwk in the header", foreign(header(foreign.getKeyID()).jwk(foreign.toPublicJWK()))),
                refused("jku in the header", foreign(header(foreign.getKeyID()).jwkURL(keys))),
                refused("x5u in the header", foreign(header(foreign.getKeyID()).x509CertURL(keys))),
                refused("a key id that is a path", foreign(header("../../../../dev/null"))),
                refused(
                        "jku beside a good signature",
                        organisation(header(keyOfOrganisation()).jwkURL(keys))),
                refused(
                        "crit in the header",
                        organisation(header(keyOfOrganisation())
                                .criticalParams(Set.of("exp"))
                                .customParam("exp", 1))),
                refused("another type", organisation(header(keyOfOrganisation()).type(new JOSEObjectType("dpop+jwt")))),
                refused(
                        "another algorithm",
                        TestIssuers.sign(
                                merchant().build(),
                                TestIssuers.header(JWSAlgorithm.PS256, keyOfOrganisation())
                                        .build(),
                                new RSASSASigner(TestIssuers.ORGANISATION_KEY.toRSAPrivateKey()))));
    }

    private static List<Attack> scopesOfTheOtherIssuer() {
        return List.of(
                notAllowed(
                        "internal from the organisation",
                        signed(TestIssuers.organisationClaims("merchant", "internal")
                                .claim("shop_id", SHOP))),
                notAllowed("no scope", signed(merchant().claim("scope", null))),
                notAllowed("an unknown scope", signed(merchant().claim("scope", "root MERCHANT"))),
                notAllowed("merchant from the suite", signed(TestIssuers.suiteClaims(SHOP, "james", "merchant"))),
                notAllowed("ops from the suite", signed(TestIssuers.suiteClaims(SHOP, "james", "ops"))));
    }

    private static JWTClaimsSet.Builder merchant() {
        return TestIssuers.organisationClaims("merchant", "merchant").claim("shop_id", SHOP);
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return TestIssuers.sign(claims.build());
    }

    private static JWSHeader.Builder header(String keyId) {
        return TestIssuers.header(JWSAlgorithm.RS256, keyId);
    }

    private static String foreign(JWSHeader.Builder header) throws JOSEException {
        return TestIssuers.sign(merchant().build(), header.build(), new RSASSASigner(TestIssuers.foreignKey()));
    }

    private static String organisation(JWSHeader.Builder header) throws JOSEException {
        return TestIssuers.sign(merchant().build(), header.build(), new RSASSASigner(TestIssuers.ORGANISATION_KEY));
    }

    private static String mac(JWTClaimsSet claims, byte[] secret, String keyId) throws JOSEException {
        return TestIssuers.sign(
                claims, TestIssuers.header(JWSAlgorithm.HS256, keyId).build(), new MACSigner(secret));
    }

    private static String keyOfOrganisation() {
        return TestIssuers.ORGANISATION_KEY.getKeyID();
    }

    private static String flipped(String signature) {
        var bytes = Base64URL.from(signature).decode();
        bytes[bytes.length / 2] ^= 1;
        return Base64URL.encode(bytes).toString();
    }

    private static String zeros() {
        return Base64URL.encode(new byte[64]).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Attack refused(String name, String token) {
        return new Attack(name, token, REFUSED);
    }

    private static Attack notAllowed(String name, String token) {
        return new Attack(name, token, NOT_ALLOWED);
    }
}
