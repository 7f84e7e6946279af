package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An offset is committed only behind finished work.
class ProgressTest {

    private final Progress progress = new Progress();

    @Test
    void nothingIsCommittedBeforeTheFirstWorkEnds() {
        progress.begin(40);
        assertThat(progress.committable()).isEmpty();
        progress.begin(41);
        progress.end(41);
        assertThat(progress.committable()).isEmpty();
        progress.end(40);
        assertThat(progress.committable()).hasValue(42);
        assertThat(progress.committable()).isEmpty();
        assertThat(progress.span()).isZero();
    }

    @Test
    void aGapInTheLogHoldsNothingUp() {
        progress.begin(7);
        progress.begin(12);
        progress.end(7);
        assertThat(progress.committable()).hasValue(12);
        progress.end(12);
        assertThat(progress.committable()).hasValue(13);
    }

    @Test
    void aLogThatBeginsAnewIsNotMistakenForTheOldOne() {
        progress.begin(40);
        assertThatIllegalStateException().isThrownBy(() -> progress.begin(40));
        progress.end(40);
        assertThat(progress.committable()).hasValue(41);
        assertThatIllegalStateException().isThrownBy(() -> progress.begin(3));
    }

    @Test
    void aFailedCommitIsAskedForAgain() {
        progress.begin(0);
        progress.end(0);
        assertThat(progress.committable()).hasValue(1);
        progress.uncommitted();
        assertThat(progress.committable()).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 20_261_120})
    void whateverTheOrderOfEndsTheCommitIsTheOldestUnderWay(long seed) {
        var random = new Random(seed);
        var offsets = new ArrayList<Long>();
        long next = random.nextInt(1000);
        for (int i = 0; i < 500; i++) {
            offsets.add(next);
            next += random.nextInt(4) == 0 ? 3 : 1;
        }
        var underWay = new TreeSet<>(offsets);
        offsets.forEach(progress::begin);
        var ends = new ArrayList<>(offsets);
        Collections.shuffle(ends, random);
        for (long end : ends) {
            progress.end(end);
            underWay.remove(end);
            progress.committable()
                    .ifPresent(offset -> assertThat(underWay.headSet(offset))
                            .as("seed %d", seed)
                            .isEmpty());
        }
        progress.uncommitted();
        assertThat(progress.committable()).hasValue(offsets.getLast() + 1);
    }
}
