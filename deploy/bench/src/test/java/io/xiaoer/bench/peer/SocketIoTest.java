package io.xiaoer.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SocketIoTest {
    private static final Guest GUEST = new Guest("shopper-1", List.of("shopper-1"));

    private final SocketIo dialect = new SocketIo();

    @Test
    void theOpenConnectionIsAskedToConnectTheGuestToTheirRooms() {
        var opened = hear("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}");

        assertThat(opened).isEqualTo(new Heard.Asked("40{\"name\":\"shopper-1\",\"rooms\":[\"shopper-1\"]}"));
        assertThat(hear("40{\"sid\":\"y\",\"pid\":\"z\"}")).isEqualTo(new Heard.Ready());
        assertThat(hear("44{\"message\":\"no\"}")).isEqualTo(new Heard.Refused("{\"message\":\"no\"}"));
    }

    @Test
    void aPingIsAnswered() {
        assertThat(hear("2")).isEqualTo(new Heard.Asked("3"));
    }

    @Test
    void whatIsSaidIsAnEventThatWantsAnAcknowledgement() {
        assertThat(dialect.say(17, "shopper-1", "c1", "你好 \"x\""))
                .isEqualTo("4217[\"say\",{\"room\":\"shopper-1\",\"client\":\"c1\",\"text\":\"你好 \\\"x\\\"\"}]");
        assertThat(hear("4317[{\"client\":\"c1\",\"id\":3}]")).isEqualTo(new Heard.Acknowledged("c1", 3));
    }

    @Test
    void whatIsShownIsAnEventWithOrWithoutAPlaceInTheStream() {
        var shown = new Heard.Shown("shopper-1", 3, "你好");

        assertThat(hear("42[\"message\",{\"room\":\"shopper-1\",\"id\":3,\"text\":\"你好\"},\"1764-0\"]"))
                .isEqualTo(shown);
        assertThat(hear("42[\"message\",{\"room\":\"shopper-1\",\"id\":3,\"text\":\"你好\"}]"))
                .isEqualTo(shown);
        assertThat(hear("42[\"other\",1]")).isEqualTo(new Heard.Nothing());
    }

    private Heard hear(String frame) {
        return dialect.hear(GUEST, frame);
    }
}
