package io.xiaoer.session.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/// When an instance is ready.
class StartTest {

    @Test
    void anInstanceIsReadyWhenEachNeedWasThereOnceAndStaysSo() {
        var there = new AtomicBoolean();
        var tries = new AtomicInteger();
        var start = new Start(List.of(new Need("redis", () -> {}), new Need("kafka", () -> {
            tries.incrementAndGet();
            if (!there.get()) {
                throw new IllegalStateException("away");
            }
        })));
        start.start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tries.get() > 0);
        assertThat(start.health().getStatus()).isEqualTo(Status.DOWN);

        there.set(true);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> start.health().getStatus().equals(Status.UP));
        there.set(false);
        assertThat(start.health().getStatus()).isEqualTo(Status.UP);
        start.stop();
    }
}
