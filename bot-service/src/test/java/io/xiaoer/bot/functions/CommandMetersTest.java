package io.xiaoer.bot.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void whatFailsFirstIsAnIncreaseAlready() {
        new CommandMeters(registry);

        for (var kind : OrderCommands.Kind.values()) {
            assertThat(registry.get("xiaoer.bot.commands")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .tag("outcome", "unavailable")
                            .counter()
                            .count())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasSentIsCounted(boolean pending) {
        new CommandMeters(registry).sent(OrderCommands.Kind.values()[0], pending);

        assertThat(registry.get("xiaoer.bot.commands").counters())
                .filteredOn(counter -> counter.count() > 0)
                .singleElement()
                .satisfies(counter -> {
                    assertThat(counter.getId().getTag("outcome")).isEqualTo(pending ? "pending" : "applied");
                    assertThat(counter.count()).isEqualTo(1);
                });
    }
}
