package io.xiaoer.drills.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final long BACK = 10_000;
    private static final long END = 15_000;

    @Test
    void whatGoesWellAllTheTimeHasRecoveredAtOnce() {
        assertThat(Recovery.after(everyTenth(0, 0), BACK, END)).hasValue(0);
    }

    @Test
    void theLastBadSecondCounts() {
        assertThat(Recovery.after(everyTenth(12_000, 13_000), BACK, END)).hasValue(3000);
    }

    @Test
    void whatGoesBadInTheEndHasNotRecovered() {
        assertThat(Recovery.after(everyTenth(14_000, 15_000), BACK, END)).isEmpty();
    }

    @Test
    void whatIsNotAnsweredInTimeIsBad() {
        var said = new ArrayList<>(everyTenth(0, 0));
        for (var i = 0; i < 2; i++) {
            var late = new Said("late" + i, "late", 11_500_000);
            late.acknowledged("1", 11_600_000);
            late.answered(14_501_000);
            said.add(late);
        }

        assertThat(Recovery.after(said, BACK, END)).hasValue(2000);
    }

    @Test
    void whereNothingIsSaidAfterTheReturnNothingHasRecovered() {
        var before = everyTenth(0, 0).stream()
                .filter(said -> said.due() < BACK * 1000)
                .toList();

        assertThat(Recovery.after(before, BACK, END)).isEmpty();
    }

    /// A message each tenth of a second, unanswered if due in the bad time.
    private static List<Said> everyTenth(long badFrom, long badTo) {
        var all = new ArrayList<Said>();
        for (var due = 0L; due < END; due += 100) {
            var said = new Said("m" + due, "text", due * 1000);
            said.acknowledged("1", due * 1000 + 10_000);
            if (due < badFrom || due >= badTo) {
                said.answered(due * 1000 + 20_000);
            }
            all.add(said);
        }
        return List.copyOf(all);
    }
}
