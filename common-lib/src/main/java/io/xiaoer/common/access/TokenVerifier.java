package io.xiaoer.common.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.xiaoer.common.id.ShopId;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks access tokens (RFC 9068 and plain JWT): two issuers, RS256 or ES256 with a key that the issuer publishes,
/// audience, lifetime, and only the scopes that the issuer may give. Of a token that comes again all is checked again
/// but the signature's arithmetic, as long as the key that it was valid with is one that counts.
public final class TokenVerifier {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");
    private static final int LONGEST = 8 * 1024;
    private static final int SMALLEST_RSA_KEY = 2048;

    private final AccessSettings settings;
    private final Map<String, KeySource> issuers;
    private final Clock clock;
    private final CheckedSignatures checked;

    public TokenVerifier(AccessSettings settings, KeySource organisationKeys, KeySource suiteKeys, Clock clock) {
        this(settings, organisationKeys, suiteKeys, clock, new CheckedSignatures());
    }

    TokenVerifier(
            AccessSettings settings,
            KeySource organisationKeys,
            KeySource suiteKeys,
            Clock clock,
            CheckedSignatures checked) {
        this.settings = settings;
        this.issuers = Map.of(settings.issuer(), organisationKeys, settings.suiteIssuer(), suiteKeys);
        this.clock = clock;
        this.checked = checked;
    }

    /// A token that is well-formed and names one of the two issuers; nothing else is known of it yet.
    public static final class Presented {

        private final String value;
        private final SignedJWT jwt;
        private final JWTClaimsSet claims;
        private final KeySource keys;

        private Presented(String value, SignedJWT jwt, JWTClaimsSet claims, KeySource keys) {
            this.value = value;
            this.jwt = jwt;
            this.claims = claims;
            this.keys = keys;
        }

        /// Whether [TokenVerifier#verify(Presented)] would have to ask the issuer for keys, and so may wait.
        public boolean needsKeys() {
            return !keys.has(jwt.getHeader().getKeyID());
        }
    }

    /// Checks a token whole. May wait for an issuer's keys, within bounds.
    ///
    /// @throws InvalidToken if it is refused
    /// @throws KeysUnavailable if that cannot be said because the issuer's keys cannot be had
    public VerifiedToken verify(String token) throws InvalidToken {
        return verify(read(token), Duration.ZERO);
    }

    /// As [#verify(String)], but takes a token that expired no longer ago than this.
    public VerifiedToken verifyExpired(String token, Duration expired) throws InvalidToken {
        return verify(read(token), expired);
    }

    /// Checks what [#read] has taken.
    public VerifiedToken verify(Presented token) throws InvalidToken {
        return verify(token, Duration.ZERO);
    }

    /// The first half of the check; never waits.
    public Presented read(String token) throws InvalidToken {
        if (token.length() > LONGEST) {
            throw new InvalidToken("The token is too long");
        }
        try {
            var jwt = SignedJWT.parse(token);
            checkHeader(jwt.getHeader());
            var claims = jwt.getJWTClaimsSet();
            var keys = claims == null || claims.getIssuer() == null ? null : issuers.get(claims.getIssuer());
            if (claims == null || keys == null) {
                throw new InvalidToken("The token's issuer is not known");
            }
            return new Presented(token, jwt, claims, keys);
        } catch (ParseException | IllegalArgumentException e) {
            throw new InvalidToken("The token is no signed JWT");
        }
    }

    private VerifiedToken verify(Presented token, Duration expired) throws InvalidToken {
        checkSignature(token);
        var claims = token.claims;
        if (!claims.getAudience().contains(AccessSettings.AUDIENCE)) {
            throw new InvalidToken("The token is meant for another audience");
        }
        var expiresAt = checkLifetime(claims, expired);
        var subject = claims.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new InvalidToken("The token has no subject");
        }
        var caller = new Caller(shop(claims), subject, scopes(claims), text(claims, "client_id"));
        return new VerifiedToken(caller, claims.getIssuer(), expiresAt, claims.getClaims(), token.value);
    }

    private static void checkHeader(JWSHeader header) throws InvalidToken {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw new InvalidToken("The token's algorithm is not taken");
        }
        JOSEObjectType type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw new InvalidToken("The token is of another type");
        }
        if (header.getJWK() != null
                || header.getJWKURL() != null
                || header.getX509CertURL() != null
                || header.getX509CertChain() != null
                || header.getCriticalParams() != null
                || !header.isBase64URLEncodePayload()) {
            throw new InvalidToken("The token's header carries what is not taken");
        }
    }

    private void checkSignature(Presented token) throws InvalidToken {
        var header = token.jwt.getHeader();
        var candidates = token.keys.keys(header.getKeyID());
        var digest = CheckedSignatures.digest(token.value);
        if (checked.hold(digest, candidates)) {
            return;
        }
        for (var key : candidates) {
            var verifier = verifier(key, header.getAlgorithm());
            try {
                if (verifier != null && token.jwt.verify(verifier)) {
                    checked.add(digest, key);
                    return;
                }
            } catch (JOSEException | IllegalStateException e) {
                throw new InvalidToken("The token's signature is not valid");
            }
        }
        throw new InvalidToken("The token's signature is not valid");
    }

    /// A verifier if this key is one for this algorithm; the key decides, so that no key is used as another kind.
    private static @Nullable JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws InvalidToken {
        if ((key.getKeyUse() != null && key.getKeyUse() != KeyUse.SIGNATURE)
                || (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm.getName()))) {
            return null;
        }
        try {
            if (key instanceof RSAKey rsa && algorithm.equals(JWSAlgorithm.RS256) && isLargeEnough(rsa)) {
                return new RSASSAVerifier(rsa);
            }
            if (key instanceof ECKey ec && algorithm.equals(JWSAlgorithm.ES256) && isP256(ec)) {
                return new ECDSAVerifier(ec);
            }
            return null;
        } catch (JOSEException e) {
            throw new InvalidToken("The token's signature is not valid");
        }
    }

    private static boolean isLargeEnough(RSAKey key) {
        return key.size() >= SMALLEST_RSA_KEY;
    }

    private static boolean isP256(ECKey key) {
        return Curve.P_256.equals(key.getCurve());
    }

    private Instant checkLifetime(JWTClaimsSet claims, Duration expired) throws InvalidToken {
        var now = clock.instant();
        if (claims.getExpirationTime() == null) {
            throw new InvalidToken("The token has no end");
        }
        var end = claims.getExpirationTime().toInstant();
        if (now.isAfter(end.plus(AccessSettings.SKEW).plus(expired))) {
            throw new InvalidToken("The token has expired");
        }
        var notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(AccessSettings.SKEW))) {
            throw new InvalidToken("The token is not valid yet");
        }
        return end;
    }

    private static @Nullable ShopId shop(JWTClaimsSet claims) throws InvalidToken {
        var shop = claims.getClaim("shop_id");
        if (shop == null) {
            return null;
        }
        try {
            return new ShopId(String.valueOf(shop));
        } catch (IllegalArgumentException e) {
            throw new InvalidToken("The token's shop_id is no shop id");
        }
    }

    private Set<String> scopes(JWTClaimsSet claims) throws InvalidToken {
        var mayGive = claims.getIssuer().equals(settings.suiteIssuer()) ? Scopes.OF_SUITE : Scopes.OF_ORGANISATION;
        var scopes = new HashSet<>(asked(claims.getClaim("scope")));
        scopes.retainAll(mayGive);
        if (scopes.contains(Scopes.INTERNAL)
                && settings.service() != null
                && !claims.getAudience().contains(settings.service())) {
            throw new InvalidToken("The token is meant for another service");
        }
        return scopes;
    }

    private static Collection<String> asked(@Nullable Object scope) {
        return switch (scope) {
            case null -> List.of();
            case String text -> List.of(text.split(" "));
            case Collection<?> list -> list.stream().map(String::valueOf).toList();
            default -> List.of();
        };
    }

    private static @Nullable String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : null;
    }
}
