package io.xiaoer.common.access;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whose tokens are taken.
///
/// @param issuer the organisation's OIDC issuer, as its tokens name it
/// @param issuerKeys its `jwks_uri` if it cannot be discovered under the issuer's name from here
/// @param suiteIssuer the `iss` of the suite's own tokens
/// @param suiteKeys where the suite's own keys are
/// @param service the name of this service, which tokens of scope `internal` must be meant for; null for none
public record AccessSettings(
        String issuer,
        @Nullable URI issuerKeys,
        String suiteIssuer,
        URI suiteKeys,
        @Nullable String service) {

    /// The `aud` that every token must have.
    public static final String AUDIENCE = "xiaoer";

    /// How far clocks may differ.
    public static final Duration SKEW = Duration.ofSeconds(60);

    /// @throws IllegalArgumentException if an issuer is blank or both are the same
    public AccessSettings {
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("ISSUER_URI must name the organisation's issuer");
        }
        if (suiteIssuer.isBlank() || suiteIssuer.equals(issuer)) {
            throw new IllegalArgumentException("SUITE_ISSUER must be set and differ from ISSUER_URI");
        }
    }
}
