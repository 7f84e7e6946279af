package io.xiaoer.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JitTest {

    @Test
    void bothTiersAreThereForTheAsking() {
        assertThat(Jit.options("full")).isEmpty();
        assertThat(Jit.options("first")).isEqualTo(Jit.options("")).isNotEmpty();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Jit.options("ful"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("XIAOER_JIT is first or full, and not ful");
    }
}
