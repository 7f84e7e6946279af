package io.xiaoer.identity;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The surroundings of the server, refused at the start if they cannot work.
///
/// @param issuer the address clients and services know it by; becomes `iss`
/// @param signingKey base64 of a private RSA JWK
/// @param clients base64 of the JSON list of clients
/// @param tokenTtl how long an access token is valid
/// @param consoleRedirects where the agents' console may be sent back to; none, and nobody can sign in by the page
@ConfigurationProperties("identity")
public record IdentityProperties(
        String issuer, String signingKey, String clients, Duration tokenTtl, List<String> consoleRedirects) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public IdentityProperties {
        var address = URI.create(issuer);
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new IllegalArgumentException(
                    "identity.issuer (IDENTITY_ISSUER) is '" + issuer + "': it must be an http or https address");
        }
        if (issuer.endsWith("/") || address.getQuery() != null || address.getFragment() != null) {
            throw new IllegalArgumentException(
                    "identity.issuer (IDENTITY_ISSUER) is '" + issuer + "': no slash, query or fragment at its end");
        }
        if (tokenTtl.compareTo(SHORTEST) < 0 || tokenTtl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "identity.token-ttl (IDENTITY_TOKEN_TTL) is " + tokenTtl + ": it must be 1m to 24h");
        }
    }

    /// Leaves out what is secret.
    @Override
    public String toString() {
        return "IdentityProperties[issuer=" + issuer + ", tokenTtl=" + tokenTtl + "]";
    }
}
