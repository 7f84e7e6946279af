package io.xiaoer.bot.intake;

import io.xiaoer.common.access.InternalTokens;
import io.xiaoer.common.id.UserKey;
import java.util.Map;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/// Asks session-service to fill the log of a user whom Redis does not know.
@Component
class Warming {

    private static final String SESSION = "session-service";

    private final RestClient session;
    private final InternalTokens tokens;

    Warming(@LoadBalanced RestClient.Builder services, InternalTokens tokens) {
        this.session = services.clone().baseUrl("http://" + SESSION).build();
        this.tokens = tokens;
    }

    /// Returns when the user is warm, after some seconds at most.
    ///
    /// @throws org.springframework.web.client.RestClientException if session-service cannot do it now
    void warm(UserKey user) {
        session.post()
                .uri("/internal/warm")
                .headers(headers -> headers.setBearerAuth(tokens.token(user.shop(), SESSION)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("user", user.tag()))
                .retrieve()
                .toBodilessEntity();
    }
}
