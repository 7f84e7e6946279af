package io.xiaoer.ordersync.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Many rows at one time, so that a file of orders does not cost a round trip a row.
public final class Bulk {

    /// Rows of one statement. Statements of more rows are more texts to be judged, and save little.
    static final int ROWS = 64;

    private Bulk() {}

    /// Runs a statement over all rows, [#ROWS] at most at one time; over none not at all.
    public static <T> void each(List<T> rows, Consumer<List<T>> statement) {
        for (int from = 0; from < rows.size(); from += ROWS) {
            statement.accept(rows.subList(from, Math.min(from + ROWS, rows.size())));
        }
    }

    /// Cuts what was told into runs in which nothing comes twice, so that what is told again meets what was told
    /// before.
    public static <T> List<List<T>> runs(List<T> told, Function<T, ?> key) {
        var runs = new ArrayList<List<T>>();
        var run = new ArrayList<T>();
        var seen = new HashSet<Object>();
        for (var each : told) {
            if (!seen.add(key.apply(each))) {
                runs.add(run);
                run = new ArrayList<>();
                seen.clear();
                seen.add(key.apply(each));
            }
            run.add(each);
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }
}
