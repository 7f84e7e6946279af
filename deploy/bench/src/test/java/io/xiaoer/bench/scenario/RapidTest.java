package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RapidTest {

    @Test
    void eachConnectionSaysItsShare() throws Exception {
        assertThat(Rapid.mostInAMinute(1_000, 200)).isEqualTo(300);
        assertThat(Rapid.mostInAMinute(1_000, 120)).isEqualTo(500);
    }

    @Test
    void whatNoShopMayAllowIsRefused() {
        assertThatThrownBy(() -> Rapid.mostInAMinute(1_000, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too many for 100 connections");
    }
}
