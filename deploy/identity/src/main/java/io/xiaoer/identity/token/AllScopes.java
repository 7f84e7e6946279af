package io.xiaoer.identity.token;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Reads a client-credentials request; one that asks for no scope asks for all that the client has, where the
/// framework would give none.
public final class AllScopes implements AuthenticationConverter {
    private final AuthenticationConverter request = new OAuth2ClientCredentialsAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest http) {
        var asked = request.convert(http);
        if (asked instanceof OAuth2ClientCredentialsAuthenticationToken token
                && token.getScopes().isEmpty()
                && token.getPrincipal() instanceof OAuth2ClientAuthenticationToken principal
                && principal.getRegisteredClient() != null) {
            return new OAuth2ClientCredentialsAuthenticationToken(
                    principal, principal.getRegisteredClient().getScopes(), token.getAdditionalParameters());
        }
        return asked;
    }
}
