package io.xiaoer.identity.token;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Forgets each grant at once. The tokens prove themselves by their signature, nothing here can be refreshed,
/// introspected or revoked, and the framework's own memory of grants grows without end.
public final class NothingRemembered implements OAuth2AuthorizationService {
    @Override
    public void save(OAuth2Authorization authorization) {
        // The signed token is all there is.
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        // Nothing was kept.
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return null;
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return null;
    }
}
