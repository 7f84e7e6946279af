package io.xiaoer.identity.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Remembers authorization codes until they are exchanged, for two minutes and at most 10,000 of them; every other
/// grant is forgotten at once. The tokens prove themselves by their signature, nothing here can be refreshed,
/// introspected or revoked.
public final class OpenCodes implements OAuth2AuthorizationService {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final Clock clock;
    private final Map<String, Open> open = new LinkedHashMap<>();

    public OpenCodes(Clock clock) {
        this.clock = clock;
    }

    private record Open(OAuth2Authorization authorization, Instant until) {}

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        var code = authorization.getToken(OAuth2AuthorizationCode.class);
        if (code == null) {
            return;
        }
        var value = code.getToken().getTokenValue();
        if (authorization.getAccessToken() != null || !code.isActive()) {
            open.remove(value);
            return;
        }
        var now = clock.instant();
        open.values().removeIf(each -> !each.until().isAfter(now));
        if (open.size() >= MOST) {
            open.remove(open.keySet().iterator().next());
        }
        open.put(value, new Open(authorization, now.plus(KEPT)));
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        open.values().removeIf(each -> each.authorization().getId().equals(authorization.getId()));
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findById(String id) {
        return open.values().stream()
                .map(Open::authorization)
                .filter(authorization -> authorization.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        var known = open.get(token);
        return known == null || !known.until().isAfter(clock.instant()) ? null : known.authorization();
    }
}
