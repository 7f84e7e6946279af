package io.xiaoer.session.token;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// The surroundings of the tokens. Each part is read, and refused by name, by the type that uses it.
///
/// @param issuer the `iss` of the suite's tokens
/// @param signingKey base64 of a private EC P-256 JWK
/// @param olderKeys base64 of a JWK set of public keys that signed before; empty for none
/// @param serviceSecrets `service=secret` pairs, separated by commas
@ConfigurationProperties("xiaoer.token")
record TokenProperties(String issuer, String signingKey, String olderKeys, String serviceSecrets) {

    TokenProperties {
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("xiaoer.token.issuer (SUITE_ISSUER) must not be blank");
        }
    }

    /// Leaves out what is secret.
    @Override
    public String toString() {
        return "TokenProperties[issuer=" + issuer + "]";
    }
}
