package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Work of one key is in order, and holds up no other key's.
class LanesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Lanes lanes = new Lanes();
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void theWorkOfAKeyIsDoneInItsOrder() {
        IntStream.range(0, 500).forEach(i -> lanes.run("one", () -> done.add(i)));
        await().atMost(PATIENCE).until(() -> done.size() == 500);
        assertThat(done).isSorted();
        await().atMost(PATIENCE).until(() -> lanes.size() == 0);
    }

    @Test
    void workThatThrowsHoldsUpNeitherItsKeyNorTheNextOfIt() {
        lanes.run("one", () -> {
            throw new IllegalStateException("against the contract");
        });
        lanes.run("one", () -> done.add(1));
        await().atMost(PATIENCE).until(() -> done.contains(1) && lanes.size() == 0);
        lanes.run("one", () -> done.add(2));
        await().atMost(PATIENCE).until(() -> done.contains(2));
    }

    @Test
    void whatMayPassIsDoneOnceBeforeItsTurnAndWhatComesBehindItWaits() throws Exception {
        var slow = new CountDownLatch(1);
        lanes.run("one", () -> {
            awaits(slow);
            done.add(1);
        });
        lanes.run("one", () -> done.add(2));
        lanes.runOrPass("one", () -> done.add(3));
        var passing = new CountDownLatch(1);
        lanes.runOrPass("one", () -> {
            awaits(passing);
            done.add(4);
        });
        lanes.run("one", () -> done.add(5));

        lanes.letPass("another"::equals);
        assertThat(done).isEmpty();
        lanes.letPass("one"::equals);
        await().atMost(PATIENCE).until(() -> done.equals(List.of(3)));

        slow.countDown();
        await().atMost(PATIENCE).until(() -> done.equals(List.of(3, 1, 2)));
        passing.countDown();
        await().atMost(PATIENCE).until(() -> done.equals(List.of(3, 1, 2, 4, 5)) && !lanes.isBusy("one"));
    }

    @Test
    void whatNeedNotPassIsDoneInItsTurn() {
        lanes.runOrPass("one", () -> done.add(1));
        lanes.run("one", () -> done.add(2));
        await().atMost(PATIENCE).until(() -> done.equals(List.of(1, 2)) && !lanes.isBusy("one"));
        lanes.letPass("one"::equals);
        lanes.run("one", () -> done.add(3));
        await().atMost(PATIENCE).until(() -> done.equals(List.of(1, 2, 3)));
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void slowWorkOfOneKeyHoldsUpNoOther() {
        var slow = new CountDownLatch(1);
        lanes.run("slow", () -> {
            awaits(slow);
            done.add(-1);
        });
        IntStream.range(0, 100).forEach(i -> lanes.run("key-" + i, () -> done.add(i)));
        await().atMost(PATIENCE).until(() -> done.size() == 100);
        assertThat(done).doesNotContain(-1);
        slow.countDown();
        await().atMost(PATIENCE).until(() -> done.contains(-1));
    }
}
