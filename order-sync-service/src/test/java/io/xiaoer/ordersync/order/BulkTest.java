package io.xiaoer.ordersync.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How many rows are cut.
class BulkTest {

    @Test
    void rowsComeInTheirOrderAFewAtATime() {
        var rows = IntStream.range(0, 2 * Bulk.ROWS + 1).boxed().toList();
        var sizes = new ArrayList<Integer>();
        var seen = new ArrayList<Integer>();
        Bulk.each(rows, some -> {
            sizes.add(some.size());
            seen.addAll(some);
        });
        assertThat(sizes).containsExactly(Bulk.ROWS, Bulk.ROWS, 1);
        assertThat(seen).isEqualTo(rows);
    }

    @Test
    void noRowsAreNoStatement() {
        Bulk.each(List.of(), some -> {
            throw new AssertionError("nothing was told");
        });
        assertThat(Bulk.runs(List.<String>of(), each -> each)).isEmpty();
    }

    @Test
    void whatComesAgainBeginsAnotherRun() {
        assertThat(Bulk.runs(List.of("a", "b", "a", "c", "c"), each -> each))
                .containsExactly(List.of("a", "b"), List.of("a", "c"), List.of("c"));
    }
}
