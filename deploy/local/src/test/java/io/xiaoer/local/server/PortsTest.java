package io.xiaoer.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    /// Of so many chosen by chance alone some would be alike.
    @Test
    void noPortIsToldTwice() {
        var ports = IntStream.range(0, 600).parallel().map(_ -> Ports.free()).boxed();
        assertThat(ports.toList()).doesNotHaveDuplicates();
    }
}
