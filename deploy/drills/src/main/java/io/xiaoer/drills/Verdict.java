package io.xiaoer.drills;

import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.ledger.Breach;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What a drill found.
///
/// @param away how long what was broken was away, in ms
/// @param recovered how long after its return all went well again, in ms; empty if it did not
/// @param acknowledgedDuring messages acknowledged while the fault lasted
public record Verdict(
        Drill drill,
        long seed,
        Counts counts,
        List<Breach> breaches,
        long away,
        OptionalLong recovered,
        long acknowledgedDuring)
        implements Finding {

    /// How much there was to judge.
    public record Counts(int said, int acknowledged, int inLogs, int shown, int devices) {}

    /// Nothing was lost, doubled, misordered or left unanswered.
    public boolean isWhole() {
        return breaches.isEmpty();
    }

    /// Whole, and well again in time.
    @Override
    public boolean passed() {
        return isWhole()
                && recovered.isPresent()
                && recovered.getAsLong() <= drill.within().toMillis();
    }

    @Override
    public String tell() {
        var lines = new StringBuilder("%-28s %s  seed %d%n".formatted(drill.name(), word(), seed));
        lines.append("  said %d, acknowledged %d (%d during the fault), in the logs %d, shown %d on %d devices%n"
                .formatted(
                        counts.said(),
                        counts.acknowledged(),
                        acknowledgedDuring,
                        counts.inLogs(),
                        counts.shown(),
                        counts.devices()));
        lines.append("  lost %d, doubled %d, misordered %d, unanswered %d, other %d%n"
                .formatted(
                        count(Breach.Kind.LOST),
                        count(Breach.Kind.DOUBLED) + count(Breach.Kind.ANSWERED_TWICE),
                        count(Breach.Kind.MISORDERED) + count(Breach.Kind.BROKEN_CHAIN),
                        count(Breach.Kind.UNANSWERED),
                        count(Breach.Kind.ALTERED) + count(Breach.Kind.NOT_TAKEN) + count(Breach.Kind.OUT_OF_SYNC)));
        lines.append("  back after %s, recovered %s (at most %s)%n"
                .formatted(
                        seconds(away),
                        recovered.isPresent() ? seconds(recovered.getAsLong()) + " later" : "not",
                        seconds(drill.within().toMillis())));
        return lines.toString();
    }

    private String word() {
        return passed() ? "PASSED" : isWhole() ? "SLOW" : "BROKEN";
    }

    private long count(Breach.Kind kind) {
        return breaches.stream().filter(breach -> breach.kind() == kind).count();
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
}
