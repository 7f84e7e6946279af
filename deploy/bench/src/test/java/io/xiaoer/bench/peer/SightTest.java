package io.xiaoer.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Breach.Kind;
import io.xiaoer.drills.ledger.Said;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightTest {
    private final Sight sight = new Sight("shopper-1/0");
    private final List<Said> said = List.of(said(1, "a"), said(2, "b"), said(3, "c"));

    @Test
    void whatIsShownOnceAndInOrderIsNoBreach() {
        show(1, "a");
        show(2, "b");
        show(3, "c");

        assertThat(sight.judge(said)).isEmpty();
        assertThat(sight.at(2)).hasValue(20);
    }

    @Test
    void whatIsNotShownIsLost() {
        show(1, "a");
        show(3, "c");

        assertThat(kinds()).containsExactly(Kind.LOST);
        assertThat(sight.at(2)).isEmpty();
    }

    @Test
    void whatComesTwiceIsDoubledAndWhatComesLateIsMisordered() {
        show(2, "b");
        show(1, "a");
        show(3, "c");
        show(3, "c");

        assertThat(kinds()).containsExactly(Kind.MISORDERED, Kind.DOUBLED);
    }

    @Test
    void whatSaysSomethingElseIsAlteredAndWhatNobodySaidIsTooMuch() {
        show(1, "a");
        show(2, "x");
        show(3, "c");
        show(4, "d");

        assertThat(kinds()).containsExactly(Kind.ALTERED, Kind.DOUBLED);
    }

    private List<Kind> kinds() {
        return sight.judge(said).stream().map(Breach::kind).toList();
    }

    private void show(long id, String text) {
        sight.came(new Heard.Shown("shopper-1", id, text), id * 10);
    }

    private static Said said(long id, String text) {
        var said = new Said("c" + id, text, id);
        said.acknowledged(Long.toString(id), id);
        return said;
    }
}
