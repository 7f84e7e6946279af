package io.xiaoer.session.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.xiaoer.common.access.AccessSettings;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.id.ShopId;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/// Makes the suite's tokens (RFC 9068, ES256). Who may have one is decided by its callers.
final class SuiteTokens {
    static final Duration GUEST_LIFETIME = Duration.ofHours(24);
    static final Duration INTERNAL_LIFETIME = Duration.ofMinutes(5);
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    private static final String STOREFRONT = "storefront";

    private final String issuer;
    private final JWSHeader header;
    private final JWSSigner signer;
    private final Clock clock;

    SuiteTokens(String issuer, SuiteKeys keys, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(ACCESS_TOKEN)
                .keyID(keys.signing().getKeyID())
                .build();
        try {
            this.signer = new ECDSASigner(keys.signing());
        } catch (JOSEException e) {
            throw new IllegalStateException("The suite's key does not sign", e);
        }
    }

    /// For a guest on a device.
    ///
    /// @param guest the guest's id, `g-…`
    /// @param device a label that the storefront chose
    SuiteToken guest(ShopId shop, String guest, String device) {
        return sign(
                claims(shop, guest, STOREFRONT, Scopes.GUEST, GUEST_LIFETIME).claim("device_id", device),
                GUEST_LIFETIME);
    }

    /// For a shopper for whom this client vouches.
    SuiteToken chat(ShopId shop, String user, String client, Duration lifetime) {
        return sign(claims(shop, user, client, Scopes.CHAT, lifetime), lifetime);
    }

    /// For calls of one service to another on behalf of a shop.
    SuiteToken internal(ShopId shop, String service, String target) {
        return sign(
                claims(shop, service, service, Scopes.INTERNAL, INTERNAL_LIFETIME)
                        .claim("act", service)
                        .audience(List.of(AccessSettings.AUDIENCE, target)),
                INTERNAL_LIFETIME);
    }

    private JWTClaimsSet.Builder claims(ShopId shop, String subject, String client, String scope, Duration lifetime) {
        var now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience(List.of(AccessSettings.AUDIENCE))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString())
                .claim("client_id", client)
                .claim("scope", scope)
                .claim("shop_id", shop.value());
    }

    private SuiteToken sign(JWTClaimsSet.Builder claims, Duration lifetime) {
        var jwt = new SignedJWT(header, claims.build());
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("The suite's key does not sign", e);
        }
        return new SuiteToken(jwt.serialize(), lifetime);
    }
}
