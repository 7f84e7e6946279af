package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is read of order-sync-service's answers.
class GraphqlAnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-11T12:00:30.5Z");

    @Test
    void aCardIsAsOldAsTheOldestOfItsParts() {
        assertThat(asOf(Map.of("as_of", "2026-11-11T12:00:05.917Z"))).isEqualTo("2026-11-11T12:00:05Z");
    }

    @Test
    void aCardOfAnAnswerThatTellsNoAgeIsOfNow() {
        assertThat(asOf(Map.of())).isEqualTo("2026-11-11T12:00:30Z");
        assertThat(asOf(Map.of("as_of", "lately"))).isEqualTo("2026-11-11T12:00:30Z");
    }

    private static Object asOf(Map<String, Object> extensions) {
        Map<String, Object> order = Map.of("id", "W1", "user_id", "u", "status", "shipped");
        var look = GraphqlAnswer.read(
                Map.of("data", Map.of("orders", Map.of("nodes", List.of(order))), "extensions", extensions));
        return String.valueOf(look.latest().getFirst().card(NOW).get("as_of"));
    }
}
