package io.xiaoer.identity.person;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Reads a request for a code; one that asks for no scope asks for the one that the console has, where the framework
/// would give none.
public final class AgentScope implements AuthenticationConverter {
    private final AuthenticationConverter request = new OAuth2AuthorizationCodeRequestAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest http) {
        var asked = request.convert(http);
        return asked instanceof OAuth2AuthorizationCodeRequestAuthenticationToken token
                        && token.getScopes().isEmpty()
                        && token.getPrincipal() instanceof Authentication principal
                ? new OAuth2AuthorizationCodeRequestAuthenticationToken(
                        token.getAuthorizationUri(),
                        token.getClientId(),
                        principal,
                        token.getRedirectUri(),
                        token.getState(),
                        Set.of(Console.SCOPE),
                        token.getAdditionalParameters())
                : asked;
    }
}
