package io.xiaoer.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class DeadlineTest {

    private final RouteSettings settings =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("xiaoer.routes", RouteSettings.class);

    @ParameterizedTest
    @CsvSource({
        "/api/v1/orders/1,                              3, false",
        "/api/v1/compensations/1/replay,                3, false",
        "/api/v1/compensations/replay,                 60, true",
        "/api/v1/webhooks/1/redeliver,                 60, true",
        "/api/v1/orders/batch,                         60, true",
        "/api/v1/faqs/import,                          60, true",
        "/graphql,                                     12, true",
        "/api/v1/bot/sessions/1/messages?wait=5,       15, true",
        "/api/v1/bot/sessions/1/messages?wait=999,     35, true",
        "/api/v1/bot/sessions/1/messages?wait=soon,     3, false"
    })
    void aCallHasTheTimeThatItsWorkMayTake(String uri, long seconds, boolean waits) {
        assertThat(Deadline.of(MockServerHttpRequest.post(uri).build(), settings))
                .isEqualTo(new Deadline(Duration.ofSeconds(seconds), waits));
    }

    @Test
    void aWaitMayBePreferred() {
        var request = MockServerHttpRequest.post("/api/v1/bot/sessions/1/messages")
                .header("Prefer", "respond-async, wait=7")
                .build();

        assertThat(Deadline.of(request, settings)).isEqualTo(new Deadline(Duration.ofSeconds(17), true));
    }
}
