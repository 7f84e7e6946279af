package io.xiaoer.bot.handoff;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.common.access.InternalTokens;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/// Hand-off by one call to session-service, which changes the owner and writes the notice under the question's nonce.
@Component
final class SessionHandOffs implements HandOffs {

    private static final Logger LOGGER = LoggerFactory.getLogger(SessionHandOffs.class);
    private static final String SESSION = "session-service";

    private final RestClient session;
    private final InternalTokens tokens;

    SessionHandOffs(@LoadBalanced RestClient.Builder services, InternalTokens tokens) {
        this.session = services.clone().baseUrl("http://" + SESSION).build();
        this.tokens = tokens;
    }

    @Override
    public boolean handOff(Question question, String reason) {
        try {
            session.post()
                    .uri("/internal/handoffs")
                    .headers(headers -> headers.setBearerAuth(tokens.token(question.shop(), SESSION)))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of(
                            "user", question.user().tag(),
                            "session_id", question.sessionId(),
                            "question", question.id(),
                            "number", question.number(),
                            "reason", reason))
                    .retrieve()
                    .toBodilessEntity();
            return true;
        } catch (RestClientException | IllegalStateException e) {
            LOGGER.atWarn()
                    .addKeyValue("message_id", question.id())
                    .addKeyValue("cause", String.valueOf(e))
                    .log("A session could not be handed off");
            return false;
        }
    }
}
