package io.xiaoer.common.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
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
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// Both issuers on one port of this machine: keys, metadata and any token that a test wants.
public final class TestIssuers implements AutoCloseable {

    /// The `iss` of the suite's own tokens.
    public static final String SUITE = "urn:xiaoer:suite";

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey organisationKey;
    private volatile ECKey suiteKey;

    public TestIssuers() {
        try {
            organisationKey = new RSAKeyGenerator(2048).keyID("org-1").generate();
            suiteKey = new ECKeyGenerator(Curve.P_256).keyID("suite-1").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange, "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/oauth2/jwks\"}"));
        server.createContext("/oauth2/jwks", exchange -> {
            fetches.incrementAndGet();
            answer(exchange, new JWKSet(organisationKey.toPublicJWK()).toString());
        });
        server.createContext(
                "/suite/jwks", exchange -> answer(exchange, new JWKSet(suiteKey.toPublicJWK()).toString()));
        server.start();
    }

    /// The organisation's `iss`.
    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// Where the suite's keys are.
    public String suiteKeysUri() {
        return issuer() + "/suite/jwks";
    }

    /// How often the organisation's keys were asked for.
    public int fetches() {
        return fetches.get();
    }

    /// Replaces the organisation's key.
    public void rotate() {
        try {
            organisationKey =
                    new RSAKeyGenerator(2048).keyID("org-" + UUID.randomUUID()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The organisation's key pair.
    public RSAKey organisationKey() {
        return organisationKey;
    }

    /// The suite's key pair.
    public ECKey suiteKey() {
        return suiteKey;
    }

    /// A merchant's token.
    public String merchant(String shop) {
        return organisation(claims ->
                claims.subject("merchant-" + shop).claim("shop_id", shop).claim("scope", "merchant"));
    }

    /// A known shopper's token.
    public String chat(String shop, String user) {
        return suite(claims -> claims.subject(user).claim("shop_id", shop).claim("scope", "chat"));
    }

    /// A token of the organisation's, with what the test changes.
    public String organisation(UnaryOperator<JWTClaimsSet.Builder> change) {
        return organisation(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(organisationKey.getKeyID())
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                change);
    }

    /// A token of the organisation's under this header.
    public String organisation(JWSHeader header, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            var jwt = new SignedJWT(header, change.apply(claims(issuer())).build());
            jwt.sign(new RSASSASigner(organisationKey));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A token of the suite's own, with what the test changes.
    public String suite(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(suiteKey.getKeyID())
                            .build(),
                    change.apply(claims(SUITE)).build());
            jwt.sign(new ECDSASigner(suiteKey));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Claims that every check passes.
    public static JWTClaimsSet.Builder claims(String issuer) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("someone")
                .audience(List.of(AccessSettings.AUDIENCE))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .jwtID(UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
