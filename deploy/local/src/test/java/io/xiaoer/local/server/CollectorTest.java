package io.xiaoer.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CollectorTest {

    @Test
    void aCollectorIsTakenByItsName() {
        assertThat(Collector.options("g1")).containsExactly("-XX:+UseG1GC");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Collector.options("fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("XIAOER_GC is serial, g1 or z, and not fast");
    }
}
