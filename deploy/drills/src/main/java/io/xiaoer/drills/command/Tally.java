package io.xiaoer.drills.command;

import java.util.List;

/// How much there was to judge.
///
/// @param answered calls
/// @param told outcomes in the logs of the shoppers
public record Tally(int keys, int answered, int commands, int applied, int failed, int told) {

    static Tally of(List<Clicks> all, int told) {
        return new Tally(
                all.size(),
                all.stream().mapToInt(Clicks::answered).sum(),
                (int) all.stream()
                        .flatMap(each -> each.ids().stream())
                        .distinct()
                        .count(),
                (int) all.stream().filter(Clicks::isApplied).count(),
                (int) all.stream()
                        .filter(each -> each.hasEnded() && !each.isApplied())
                        .count(),
                told);
    }
}
