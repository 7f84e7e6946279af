package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.drills.ledger.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheTest {
    private static final String KNOWN = "known";
    private static final long HIT_US = 4_000;
    private static final long MISS_US = 14_000;
    private static final Usage NOTHING = new Usage(Map.of());

    @Test
    void aMeanThatIsThatOfItsPartsIsToldAsOne() {
        var rounds = List.of(round("0 %", 0, 10, 0), round("70 %", 7, 10, 0), round("90 %", 9, 10, 0));

        var figures = Cache.figures(rounds, KNOWN::equals);

        assertThat(figures)
                .containsEntry("known words, p50 and mean, ms", "4.0, 4.0")
                .containsEntry("new words, p50 and mean, ms", "14.0, 14.0")
                .containsEntry("70 % known: mean to that of its parts", "1.00 (95 % of 1.00 to 1.00)")
                .doesNotContainKey("30 % known: mean to that of its parts");
    }

    @Test
    void aMeanAboveThatOfItsPartsIsToldByHowMuch() {
        var rounds = List.of(round("0 %", 0, 10, 0), round("70 %", 7, 10, 3_500), round("90 %", 9, 10, 0));

        assertThat(Cache.figures(rounds, KNOWN::equals))
                .containsEntry("70 % known: mean to that of its parts", "1.50 (95 % of 1.50 to 1.50)");
    }

    @Test
    void aTurnWithoutAFullPairIsLeftOut() {
        var rounds = List.of(round("30 %", 3, 10, 0), round("90 %", 9, 10, 0));

        assertThat(Cache.figures(rounds, KNOWN::equals)).hasSize(2);
    }

    private static Round round(String contender, int hits, int all, long more) {
        var said = new ArrayList<Said>();
        for (var n = 0; n < all; n++) {
            var each = new Said("c" + n, n < hits ? KNOWN : "new", n);
            each.answered(n + more + (n < hits ? HIT_US : MISS_US));
            said.add(each);
        }
        return new Window(contender, 1, 0, 1_000_000, NOTHING, NOTHING, new Lateness.Seen(0, 0)).judge(said);
    }
}
