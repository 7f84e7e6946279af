package io.xiaoer.identity.person;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// The agents' console: a public client, which proves itself by PKCE alone.
///
/// @param redirects where it may be sent back to
public record Console(List<String> redirects) {
    public static final String CLIENT_ID = "agent-console";
    public static final String SCOPE = "agent";

    private static final Duration CODE_TTL = Duration.ofMinutes(2);

    public Console {
        for (String redirect : redirects) {
            var address = URI.create(redirect);
            if (address.getHost() == null || address.getFragment() != null) {
                throw new IllegalArgumentException(
                        "identity.console-redirects (IDENTITY_CONSOLE_REDIRECTS) must be addresses without a fragment");
            }
        }
        redirects = List.copyOf(redirects);
    }

    /// The origins of the pages that may ask for a token from a browser.
    public Set<String> origins() {
        return redirects.stream()
                .map(URI::create)
                .map(address -> address.getScheme() + "://" + address.getAuthority())
                .collect(Collectors.toUnmodifiableSet());
    }

    public RegisteredClient registered(Duration tokenTtl) {
        return RegisteredClient.withId(CLIENT_ID)
                .clientId(CLIENT_ID)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(uris -> uris.addAll(redirects))
                .scope(SCOPE)
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(tokenTtl)
                        .authorizationCodeTimeToLive(CODE_TTL)
                        .build())
                .build();
    }
}
