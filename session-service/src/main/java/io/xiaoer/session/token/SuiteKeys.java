package io.xiaoer.session.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.xiaoer.common.access.KeySource;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The key that signs and the public keys that are honoured: its own and those that signed before it. A key's `kid` is
/// its RFC 7638 thumbprint, so that the same key has the same name on every instance.
final class SuiteKeys implements KeySource {
    private static final int MOST_OLDER = 10;

    private final ECKey signing;
    private final List<JWK> published;

    private SuiteKeys(ECKey signing, List<JWK> published) {
        this.signing = signing;
        this.published = List.copyOf(published);
    }

    /// @throws IllegalArgumentException naming the variable and the rule, never a value
    static SuiteKeys parse(String signingKey, String olderKeys) {
        var signing = signing(signingKey);
        var published = new ArrayList<JWK>();
        published.add(signing.toPublicJWK());
        for (var older : older(olderKeys)) {
            if (!older.getKeyID().equals(signing.getKeyID())) {
                published.add(older);
            }
        }
        return new SuiteKeys(signing, published);
    }

    private static ECKey signing(String base64) {
        var name = "xiaoer.token.signing-key (SUITE_SIGNING_KEY)";
        try {
            if (JWK.parse(text(base64)) instanceof ECKey key && key.isPrivate() && isP256(key)) {
                return named(key);
            }
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            // Falls through without the cause, which quotes what it could not read.
        }
        throw new IllegalArgumentException(name + " must be base64 of a private EC P-256 JWK");
    }

    private static List<ECKey> older(String base64) {
        var name = "xiaoer.token.older-keys (SUITE_OLDER_KEYS)";
        if (base64.isBlank()) {
            return List.of();
        }
        try {
            var keys = new ArrayList<ECKey>();
            for (var jwk : JWKSet.parse(text(base64)).getKeys()) {
                if (!(jwk instanceof ECKey key) || !isP256(key)) {
                    throw new IllegalArgumentException(name);
                }
                keys.add(named(key).toPublicJWK());
            }
            if (keys.size() <= MOST_OLDER) {
                return keys;
            }
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            // As above.
        }
        throw new IllegalArgumentException(
                name + " must be base64 of a JWK set of at most " + MOST_OLDER + " EC P-256 keys");
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    }

    private static boolean isP256(ECKey key) {
        return Curve.P_256.equals(key.getCurve());
    }

    private static ECKey named(ECKey key) throws JOSEException {
        return new ECKey.Builder(key)
                .keyIDFromThumbprint()
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build();
    }

    ECKey signing() {
        return signing;
    }

    /// The JWK set to publish; public parts alone.
    Map<String, Object> published() {
        return new JWKSet(published).toJSONObject(true);
    }

    @Override
    public boolean has(@Nullable String keyId) {
        return true;
    }

    @Override
    public List<JWK> keys(@Nullable String keyId) {
        return keyId == null
                ? published
                : published.stream().filter(key -> keyId.equals(key.getKeyID())).toList();
    }
}
