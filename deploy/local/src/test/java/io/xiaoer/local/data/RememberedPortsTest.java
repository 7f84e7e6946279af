package io.xiaoer.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ports stay what they were while nobody else took them.
class RememberedPortsTest {
    @TempDir
    Path directory;

    private final Set<Integer> taken = new HashSet<>();
    private final AtomicInteger fresh = new AtomicInteger(20_000);

    @Test
    void aListenerKeepsItsPortOverStarts() throws Exception {
        var first = ports();
        var port = first.of("redis");
        first.save();
        assertThat(ports().of("redis")).isEqualTo(port);
    }

    @Test
    void aPortThatSomebodyTookIsReplaced() throws Exception {
        var first = ports();
        var port = first.of("redis");
        first.save();
        taken.add(port);
        assertThat(ports().of("redis")).isNotEqualTo(port);
    }

    @Test
    void noTwoListenersShareAPort() throws Exception {
        var ports = ports();
        ports.fixed("gateway-service", 20_001);
        assertThat(Set.of(ports.of("redis"), ports.of("kafka"), ports.of("mariadb"), 20_001))
                .hasSize(4);
    }

    @Test
    void oneListenerIsAnsweredTheSamePortTwice() throws Exception {
        var ports = ports();
        assertThat(ports.of("redis")).isEqualTo(ports.of("redis"));
    }

    private RememberedPorts ports() throws Exception {
        return new RememberedPorts(
                directory.resolve("ports.properties"), port -> !taken.contains(port), fresh::getAndIncrement);
    }
}
