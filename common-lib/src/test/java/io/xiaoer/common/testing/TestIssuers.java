package io.xiaoer.common.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The two issuers of the suite for tests: an organisation's OpenID provider and the suite's own key, on one small HTTP
/// server for the whole JVM, with keys made anew each time.
///
/// [WithIssuers] starts it before a Spring context and sets the system properties that an application.yml reads:
/// `ISSUER_URI`, `SUITE_ISSUER`, `SUITE_JWKS_URI`, `SUITE_SIGNING_KEY`, `SERVICE_SECRETS`, `SERVICE_SECRET`.
public final class TestIssuers {
    /// The `iss` of the suite's tokens.
    public static final String SUITE = "urn:xiaoer:suite";

    /// The secret of every service in tests.
    public static final String SERVICE_SECRET = UUID.randomUUID().toString();

    static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    static final RSAKey ORGANISATION_KEY;
    static final ECKey SUITE_KEY;
    private static final AtomicInteger FOREIGN_FETCHES = new AtomicInteger();
    private static final RSAKey FOREIGN_KEY;
    private static final HttpServer SERVER;

    static {
        try {
            ORGANISATION_KEY = rsa();
            FOREIGN_KEY = rsa();
            SUITE_KEY = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
            SERVER = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            SERVER.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var metadata = "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/oauth2/jwks\"}".formatted(organisation());
            SERVER.createContext("/.well-known/openid-configuration", call -> answer(call, metadata));
            SERVER.createContext(
                    "/oauth2/jwks", call -> answer(call, new JWKSet(ORGANISATION_KEY.toPublicJWK()).toString()));
            SERVER.createContext("/suite/jwks", call -> answer(call, new JWKSet(SUITE_KEY.toPublicJWK()).toString()));
            SERVER.createContext("/foreign/jwks", call -> {
                FOREIGN_FETCHES.incrementAndGet();
                answer(call, new JWKSet(FOREIGN_KEY.toPublicJWK()).toString());
            });
            SERVER.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestIssuers() {}

    /// The organisation's issuer.
    public static String organisation() {
        return "http://localhost:" + SERVER.getAddress().getPort();
    }

    /// Where the suite's keys are.
    public static String suiteKeys() {
        return organisation() + "/suite/jwks";
    }

    /// The token of a shop's backend.
    public static String merchant(String shop) {
        return organisationToken("merchant-" + shop, "merchant", shop);
    }

    /// The token that reads a shop's receivers in clear.
    public static String unmasker(String shop) {
        return organisationToken("unmask-" + shop, "unmask", shop);
    }

    /// The token of a person who answers for a shop.
    public static String agent(String shop, String agent) {
        return organisationToken(agent, "agent", shop);
    }

    /// The token of an operator, bound to no shop.
    public static String ops() {
        return sign(organisationClaims("ops", "ops").build());
    }

    /// The token of a known shopper.
    public static String chat(String shop, String user) {
        return sign(suiteClaims(shop, user, "chat").build());
    }

    /// The token of a guest.
    public static String guest(String shop, String guest) {
        return sign(suiteClaims(shop, guest, "guest").build());
    }

    /// The token with which one service calls another.
    public static String internal(String shop, String service, String target) {
        return sign(suiteClaims(shop, service, "internal")
                .claim("act", service)
                .audience(List.of("xiaoer", target))
                .build());
    }

    /// The claims of a good token of the organisation, to be changed before [#sign(JWTClaimsSet)].
    public static JWTClaimsSet.Builder organisationClaims(String subject, String scope) {
        return claims(organisation(), subject, scope);
    }

    /// The claims of a good token of the suite, to be changed before [#sign(JWTClaimsSet)].
    public static JWTClaimsSet.Builder suiteClaims(String shop, String subject, String scope) {
        return claims(SUITE, subject, scope).claim("shop_id", shop);
    }

    /// Signs claims with the key of the issuer that they name.
    public static String sign(JWTClaimsSet claims) {
        return SUITE.equals(claims.getIssuer()) ? sign(claims, SUITE_KEY) : sign(claims, ORGANISATION_KEY);
    }

    /// How often the key set that nobody should read was read.
    static int foreignFetches() {
        return FOREIGN_FETCHES.get();
    }

    static String foreignKeys() {
        return organisation() + "/foreign/jwks";
    }

    static RSAKey foreignKey() {
        return FOREIGN_KEY;
    }

    static String sign(JWTClaimsSet claims, ECKey key) {
        try {
            return sign(claims, header(JWSAlgorithm.ES256, key.getKeyID()).build(), new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            return sign(claims, header(JWSAlgorithm.RS256, key.getKeyID()).build(), new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    static JWSHeader.Builder header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm).type(ACCESS_TOKEN).keyID(keyId);
    }

    /// What a service reads of the issuers.
    static Map<String, String> surroundings() {
        var services = List.of("bot-service", "order-sync-service", "compensation-service").stream()
                .map(service -> service + "=" + SERVICE_SECRET)
                .toList();
        return Map.of(
                "ISSUER_URI", organisation(),
                "SUITE_ISSUER", SUITE,
                "SUITE_JWKS_URI", suiteKeys(),
                "SUITE_SIGNING_KEY", base64(SUITE_KEY.toJSONString()),
                "SERVICE_SECRETS", String.join(",", services),
                "SERVICE_SECRET", SERVICE_SECRET);
    }

    private static String organisationToken(String subject, String scope, String shop) {
        return sign(organisationClaims(subject, scope).claim("shop_id", shop).build());
    }

    private static JWTClaimsSet.Builder claims(String issuer, String subject, String scope) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience("xiaoer")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)))
                .jwtID(UUID.randomUUID().toString())
                .claim("client_id", subject)
                .claim("scope", scope);
    }

    private static RSAKey rsa() throws JOSEException {
        return new RSAKeyGenerator(2048)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint(true)
                .generate();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange call, String json) throws IOException {
        try (call) {
            var bytes = json.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(200, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }
}
