package io.xiaoer.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;

/// The private RSA key, read from base64 of a JWK. Its `kid` is the RFC 7638 thumbprint, so that the same key has the
/// same name after every start.
public final class SigningKey {
    private static final int FEWEST_BITS = 2048;

    private SigningKey() {}

    public static RSAKey parse(String base64) {
        try {
            var jwk = JWK.parse(new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8));
            if (!(jwk instanceof RSAKey key) || !key.isPrivate() || key.size() < FEWEST_BITS) {
                throw refused("must be a private RSA key of " + FEWEST_BITS + " bits or more");
            }
            return new RSAKey.Builder(key)
                    .keyIDFromThumbprint()
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .build();
        } catch (ParseException | JOSEException e) {
            // Without the cause, which quotes what it could not read.
            throw refused("is not a JWK");
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("identity.") ? e : refused("is not base64");
        }
    }

    private static IllegalArgumentException refused(String rule) {
        return new IllegalArgumentException("identity.signing-key (IDENTITY_SIGNING_KEY) " + rule);
    }
}
