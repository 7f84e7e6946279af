package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The preference `wait` as clients write it.
class PreferTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"wait=5", "WAIT = 5", "respond-async, wait=5", "wait=5; x=y", "wait=\"5\"", "wait=5, wait=9"})
    void theFirstWaitCounts(String header) {
        assertThat(Prefer.waitOf(Collections.enumeration(List.of("return=minimal", header))))
                .contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=11", "wait=3600", "wait=99999999999999999999"})
    void aLongWaitIsShortened(String header) {
        assertThat(Prefer.waitOf(Collections.enumeration(List.of(header)))).contains(Prefer.LONGEST_WAIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=-1", "wait=x", "await=5"})
    void whatCannotBeReadIsPassedOver(String header) {
        assertThat(Prefer.waitOf(Collections.enumeration(List.of(header)))).isEmpty();
    }
}
