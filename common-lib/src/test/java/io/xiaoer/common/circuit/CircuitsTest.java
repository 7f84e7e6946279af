package io.xiaoer.common.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.SetClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What does not answer is left alone for a while.
class CircuitsTest {

    private static final ShopId SHOP = new ShopId("1001");
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final ShopId OTHER = new ShopId("1002");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SetClock clock = new SetClock(Instant.parse("2026-11-26T00:00:00Z"));
    private final Circuits circuits = new Circuits(new CircuitSettings(4, 2, PAUSE, 1), meters, clock);

    @Test
    void aPartThatFailsIsNotAskedAnyMoreForThatShopAlone() {
        fail(SHOP, 2);

        assertThat(circuits.enter("orders", SHOP)).isEmpty();
        assertThat(circuits.enter("orders", OTHER)).isPresent();
        assertThat(circuits.enter("coupons", SHOP)).isPresent();
        assertThat(meters.get("xiaoer.circuit.refused")
                        .tag("part", "orders")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("xiaoer.circuit.open")
                        .tag("part", "orders")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void aPartIsWatchedBeforeItFails() {
        circuits.enter("orders", SHOP).orElseThrow().succeeded();

        assertThat(meters.get("xiaoer.circuit.open")
                        .tag("part", "orders")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("xiaoer.circuit.refused")
                        .tag("part", "orders")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void whatAnswersOnTrialIsAskedAgain() {
        fail(SHOP, 2);
        clock.pass(PAUSE.plusMillis(1));
        var trial = circuits.enter("orders", SHOP);
        assertThat(circuits.enter("orders", SHOP)).isEmpty();

        trial.orElseThrow().succeeded();

        assertThat(circuits.enter("orders", SHOP)).isPresent();
        assertThat(meters.get("xiaoer.circuit.open")
                        .tag("part", "orders")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void whatFailsOnTrialIsLeftAloneAgain() {
        fail(SHOP, 2);
        clock.pass(PAUSE.plusMillis(1));
        var trial = circuits.enter("orders", SHOP);

        trial.orElseThrow().failed();

        assertThat(circuits.enter("orders", SHOP)).isEmpty();
    }

    @Test
    void fewFailuresAmongManyAnswersChangeNothing() {
        for (int i = 0; i < 30; i++) {
            var passage = circuits.enter("orders", SHOP).orElseThrow();
            if (i % 4 == 3) {
                passage.failed();
            } else {
                passage.succeeded();
            }
        }
        assertThat(circuits.enter("orders", SHOP)).isPresent();
    }

    @Test
    void circuitsAreBounded() {
        fail(SHOP, 2);
        for (int i = 0; i < Circuits.MOST; i++) {
            circuits.enter("orders", new ShopId("s" + i)).orElseThrow().succeeded();
        }
        assertThat(circuits.enter("orders", SHOP)).isPresent();
    }

    @Test
    void settingsOutOfBoundsAreNamed() {
        assertThatThrownBy(() -> new CircuitSettings(10, 11, Duration.ofSeconds(1), 1))
                .hasMessageContaining("xiaoer.circuit.calls = 11");
    }

    private void fail(ShopId shop, int times) {
        for (int i = 0; i < times; i++) {
            circuits.enter("orders", shop).orElseThrow().failed();
        }
    }
}
