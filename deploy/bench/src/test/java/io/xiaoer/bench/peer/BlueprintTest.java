package io.xiaoer.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlueprintTest {
    private static final Guest GUEST = new Guest("the person", List.of("a", "b"));

    private final Blueprint dialect = new Blueprint();

    @Test
    void theGuestStandsInThePathAndJoinsTheirConversations() {
        assertThat(dialect.path(GUEST)).isEqualTo("/chat/the%20person");
        assertThat(dialect.hear(GUEST, "{\"type\":\"hello\",\"user\":\"the person\"}"))
                .isEqualTo(new Heard.Asked("{\"type\":\"join\",\"rooms\":[\"a\",\"b\"]}"));
        assertThat(dialect.hear(GUEST, "{\"type\":\"joined\"}")).isEqualTo(new Heard.Ready());
    }

    @Test
    void whatIsSaidIsAcknowledgedAndShown() {
        assertThat(dialect.say(1, "a", "c1", "你好"))
                .isEqualTo("{\"type\":\"say\",\"room\":\"a\",\"client\":\"c1\",\"text\":\"你好\"}");
        assertThat(dialect.hear(GUEST, "{\"type\":\"ack\",\"client\":\"c1\",\"id\":1764158400000001}"))
                .isEqualTo(new Heard.Acknowledged("c1", 1764158400000001L));
        assertThat(dialect.hear(GUEST, "{\"type\":\"message\",\"room\":\"a\",\"id\":7,\"text\":\"你好\"}"))
                .isEqualTo(new Heard.Shown("a", 7, "你好"));
        assertThat(dialect.hear(GUEST, "{\"type\":\"error\",\"why\":\"unknown\"}"))
                .isEqualTo(new Heard.Refused("unknown"));
    }
}
