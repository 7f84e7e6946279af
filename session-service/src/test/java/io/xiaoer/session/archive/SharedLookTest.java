package io.xiaoer.session.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedLookTest {

    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch may = new CountDownLatch(1);

    @Test
    void aThousandWhoAskWhileALookIsUnderWayShareTheNextOne() throws Exception {
        var look = new SharedLook<>(this::slow, duration -> {}, Duration.ZERO);
        var early = look.ask();
        begun.await();

        var late = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 1000; i++) {
            late.add(look.ask());
        }
        may.countDown();

        assertThat(early.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        for (var each : late) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        }
        assertThat(look.ask().get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void aLookThatFailsFailsForThoseWhoAskedAndTheNextOneIsTaken() {
        var look = new SharedLook<>(
                () -> {
                    if (looks.incrementAndGet() == 1) {
                        throw new IOException("away");
                    }
                    return looks.get();
                },
                duration -> {},
                Duration.ZERO);

        assertThat(look.ask()).failsWithin(Duration.ofSeconds(30));
        assertThat(look.ask()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(2);
    }

    @Test
    void betweenTwoLooksThereIsARest() {
        var rests = new AtomicInteger();
        var look = new SharedLook<>(looks::incrementAndGet, duration -> rests.incrementAndGet(), Duration.ofDays(1));

        assertThat(look.ask()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1);
        assertThat(look.ask()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(2);
        assertThat(rests).hasValueGreaterThanOrEqualTo(1);
    }

    private int slow() throws InterruptedException {
        int number = looks.incrementAndGet();
        begun.countDown();
        may.await();
        return number;
    }
}
