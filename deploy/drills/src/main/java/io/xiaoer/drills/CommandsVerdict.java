package io.xiaoer.drills;

import io.xiaoer.drills.command.Tally;
import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.ledger.Breach;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What a drill of commands found.
///
/// @param away how long what was broken was away, all of it together, in ms
/// @param ended how long after the last return every command had ended, in ms; empty if one did not
public record CommandsVerdict(Drill drill, long seed, Tally tally, List<Breach> breaches, long away, OptionalLong ended)
        implements Finding {

    @Override
    public boolean passed() {
        return breaches.isEmpty()
                && ended.isPresent()
                && ended.getAsLong() <= drill.within().toMillis();
    }

    @Override
    public String tell() {
        var lines = new StringBuilder("%-28s %s  seed %d%n".formatted(drill.name(), word(), seed));
        lines.append("  %d calls of %d keys answered: %d commands, %d applied, %d failed, %d outcomes told%n"
                .formatted(
                        tally.answered(),
                        tally.keys(),
                        tally.commands(),
                        tally.applied(),
                        tally.failed(),
                        tally.told()));
        lines.append("  breaches %d%n".formatted(breaches.size()));
        lines.append("  away for %s in all, everything ended %s (at most %s)%n"
                .formatted(
                        seconds(away),
                        ended.isPresent() ? seconds(ended.getAsLong()) + " later" : "not",
                        seconds(drill.within().toMillis())));
        return lines.toString();
    }

    private String word() {
        return passed() ? "PASSED" : breaches.isEmpty() ? "SLOW" : "BROKEN";
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
}
