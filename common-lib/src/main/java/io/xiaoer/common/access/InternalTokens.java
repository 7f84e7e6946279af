package io.xiaoer.common.access;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/// Tokens of scope `internal` for calls from this service to another, got from session-service and used until a minute
/// before their end.
public final class InternalTokens {

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(1);
    private static final int MOST = 10_000;
    private static final ParameterizedTypeReference<Answer<TokenData>> TOKEN = new ParameterizedTypeReference<>() {};

    private final RestClient session;
    private final String service;
    private final String secret;
    private final Clock clock;
    private final Map<Key, Held> held = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Held> eldest) {
            return size() > MOST;
        }
    };

    /// @param session a client whose base URL is session-service
    /// @param service the name of this service
    /// @param secret its own secret there
    public InternalTokens(RestClient session, String service, String secret, Clock clock) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("SERVICE_SECRET must be set");
        }
        this.session = session;
        this.service = service;
        this.secret = secret;
        this.clock = clock;
    }

    /// A token with which this service may call the audience for this shop. Waits for session-service if none is held.
    ///
    /// @throws org.springframework.web.client.RestClientException if session-service does not give one
    public String token(ShopId shop, String audience) {
        var key = new Key(shop, audience);
        var now = clock.instant();
        synchronized (held) {
            var token = held.get(key);
            if (token != null && now.isBefore(token.until)) {
                return token.value;
            }
        }
        var fetched = fetch(key, now);
        synchronized (held) {
            held.put(key, fetched);
        }
        return fetched.value;
    }

    private Held fetch(Key key, Instant now) {
        var answer = session.post()
                .uri("/internal/tokens")
                .headers(headers -> headers.setBasicAuth(service, secret))
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.APPLICATION_JSON)
                .body(Map.of("shop_id", key.shop.value(), "aud", key.audience))
                .retrieve()
                .body(TOKEN);
        var attributes = Objects.requireNonNull(answer, "token answer").data().attributes();
        var token = Objects.requireNonNull(attributes.get("token"), "token").toString();
        var seconds = Long.parseLong(Objects.requireNonNull(attributes.get("expires_in"), "expires_in")
                .toString());
        return new Held(token, now.plusSeconds(seconds).minus(BEFORE_THE_END));
    }

    /// What a token is for.
    private record Key(ShopId shop, String audience) {}

    /// A token and the moment from which another is got.
    private record Held(String value, Instant until) {}

    /// The `data` of a token answer, read with whatever mapper the client has.
    record TokenData(@Nullable String type, Map<String, Object> attributes) {}
}
