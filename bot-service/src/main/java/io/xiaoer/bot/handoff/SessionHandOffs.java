package io.xiaoer.bot.handoff;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.neighbour.Neighbours;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Hand-off by one call to session-service, which changes the owner and writes the notice under the question's nonce.
@Component
final class SessionHandOffs implements HandOffs {

    private static final Logger LOGGER = LoggerFactory.getLogger(SessionHandOffs.class);

    private final Neighbours neighbours;

    SessionHandOffs(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @Override
    public Outcome handOff(Question question, String reason, @Nullable String brief) {
        var wish = new HashMap<>(Map.of(
                "user", question.user().tag(),
                "session_id", question.sessionId(),
                "question", question.id(),
                "reason", reason));
        if (brief != null) {
            wish.put("brief", brief);
        }
        try {
            var answer = neighbours.post(Neighbours.Service.SESSION, "/internal/handoffs", question.shop(), wish);
            return isRepeated(answer) ? Outcome.DONE_BEFORE : Outcome.DONE;
        } catch (Neighbours.Away e) {
            LOGGER.atInfo()
                    .addKeyValue("message_id", question.id())
                    .addKeyValue("cause", String.valueOf(e.getMessage()))
                    .log("A session was not handed off");
            return e.isRefusal() ? Outcome.REFUSED : Outcome.UNKNOWN;
        }
    }

    private static boolean isRepeated(Map<String, @Nullable Object> answer) {
        return answer.get("data") instanceof Map<?, ?> data
                && data.get("attributes") instanceof Map<?, ?> attributes
                && Boolean.TRUE.equals(attributes.get("repeated"));
    }
}
