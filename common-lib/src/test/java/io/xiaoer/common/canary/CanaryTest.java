package io.xiaoer.common.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.event.EventJson;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTest {

    @ParameterizedTest
    @CsvSource({"james_li_5688,8", "0,0", "7,7", "g-12a9,9", "a123456789,9", "小明3,3", "a,7", "王,4"})
    void theTailIsTheLastDigitOrTheChecksum(String user, int tail) {
        assertThat(Canary.tail(user)).isEqualTo(tail);
    }

    @Test
    void itTakesWhoseTailIsNamedWhileItIsEnabled() {
        assertThat(new Canary(true, List.of(8, 1)).takes("james_li_5688")).isTrue();
        assertThat(new Canary(true, List.of(1)).takes("james_li_5688")).isFalse();
        assertThat(new Canary(false, List.of(8)).takes("james_li_5688")).isFalse();
        assertThat(Canary.OFF.takes("james_li_5688")).isFalse();
    }

    @Test
    void tailsStandInOrderAndOnce() {
        assertThat(new Canary(true, List.of(9, 1, 9, 0)).tails()).containsExactly(0, 1, 9);
        for (var bad : List.of(List.of(10), List.of(-1), Arrays.asList(1, null))) {
            assertThatThrownBy(() -> new Canary(true, bad)).hasMessageContaining("tails must be");
        }
    }

    @Test
    void itTravelsAsJson() {
        var canary = new Canary(true, List.of(0, 9));

        assertThat(EventJson.decode(EventJson.encode(canary), Canary.class)).isEqualTo(canary);
    }
}
