package io.xiaoer.drills;

import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.ledger.Breach;
import java.util.List;
import java.util.Locale;

/// What a drill of one promise found. Such a promise holds or does not: there is no recovery to be timed.
///
/// @param told how much there was to judge, for people
/// @param judged the least of what there was to judge; a drill that judged nothing has proved nothing
/// @param away how long what was broken was away, all of it together, in ms
public record PromiseVerdict(Drill drill, long seed, String told, long judged, List<Breach> breaches, long away)
        implements Finding {

    @Override
    public boolean passed() {
        return breaches.isEmpty() && judged > 0;
    }

    @Override
    public String tell() {
        var lines = new StringBuilder("%-28s %s  seed %d%n".formatted(drill.name(), word(), seed));
        lines.append("  %s%n".formatted(told));
        lines.append("  breaches %d%n".formatted(breaches.size()));
        lines.append(String.format(Locale.ROOT, "  away for %.1f s in all%n", away / 1000.0));
        return lines.toString();
    }

    private String word() {
        if (!breaches.isEmpty()) {
            return "BROKEN";
        }
        return judged > 0 ? "PASSED" : "EMPTY";
    }
}
