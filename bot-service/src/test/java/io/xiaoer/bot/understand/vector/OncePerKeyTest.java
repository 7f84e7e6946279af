package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A value is computed once, kept while it is used, and forgotten for others.
class OncePerKeyTest {

    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger misses = new AtomicInteger();
    private final OncePerKey<String, Integer> values =
            new OncePerKey<>(2, hits::incrementAndGet, misses::incrementAndGet);

    @Test
    void manyWhoAskAtOnceShareOneComputation() throws Exception {
        var computations = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var asked = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 8; i++) {
                asked.add(threads.submit(() -> values.get("a", () -> {
                    begun.countDown();
                    await(end);
                    return computations.incrementAndGet();
                })));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(values.peek("a")).isNull();
            end.countDown();
            for (var each : asked) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
        assertThat(computations).hasValue(1);
        assertThat(misses).hasValue(1);
        assertThat(hits).hasValue(7);
    }

    @Test
    void whatWasUsedLongestAgoIsForgotten() {
        values.get("a", () -> 1);
        values.get("b", () -> 2);
        values.get("a", () -> 3);
        values.get("c", () -> 4);
        assertThat(values.size()).isEqualTo(2);
        assertThat(values.peek("b")).isNull();
        assertThat(values.peek("a")).isEqualTo(1);
    }

    @Test
    void whatFailedIsComputedAnew() {
        assertThatThrownBy(() -> values.get("a", () -> {
                    throw new IllegalArgumentException("no");
                }))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(values.get("a", () -> 5)).isEqualTo(5);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
