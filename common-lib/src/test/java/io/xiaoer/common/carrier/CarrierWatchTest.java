package io.xiaoer.common.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

class CarrierWatchTest {

    private static final CountDownLatch FREE = new CountDownLatch(1);
    private static final CountDownLatch HELD = new CountDownLatch(1);

    /// Whoever makes the class holds a carrier, and whoever waits for it too.
    private static final class Slow {
        static final boolean MADE = make();

        private static boolean make() {
            HELD.countDown();
            try {
                return FREE.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Test
    void whatWaitsForACarrierThatNobodyGivesBackGetsAnother() throws Exception {
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        int usual = scheduler.getParallelism();
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
            var watch = clock.scheduleWithFixedDelay(new CarrierWatch(), 0, 200, TimeUnit.MILLISECONDS);
            var holders = new ArrayList<Thread>();
            for (int number = 0; number < usual + 2; number++) {
                holders.add(Thread.ofVirtual().start(() -> assertThat(Slow.MADE).isTrue()));
            }
            assertThat(HELD.await(30, TimeUnit.SECONDS)).isTrue();

            var frees = Thread.ofVirtual().start(FREE::countDown);

            assertThat(frees.join(Duration.ofSeconds(50))).isTrue();
            for (var holder : holders) {
                assertThat(holder.join(Duration.ofSeconds(30))).isTrue();
            }
            await().until(() -> scheduler.getParallelism() == usual);
            assertThat(watch.cancel(false)).isTrue();
        } finally {
            FREE.countDown();
        }
    }
}
