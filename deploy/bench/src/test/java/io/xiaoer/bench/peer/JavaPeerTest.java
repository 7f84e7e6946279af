package io.xiaoer.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaPeerTest {

    @Test
    void itsJvmIsThatOfTheServiceAndItsProgramIsNot() {
        var service =
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:AOTCache=/x.aot", "-Dy=z", "-jar", "a.jar", "-Xmx1m");

        assertThat(JavaPeer.options(service)).containsExactly("-Xmx256m", "-XX:+UseSerialGC", "-Dy=z");
    }
}
