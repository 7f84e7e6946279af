package io.xiaoer.bench.scenario;

import io.xiaoer.bench.Wishes;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Round.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Rounds in which contenders take turns, so that what else the machine does falls on all of them alike.
///
/// @param perSecond what is said
/// @param length    of a round
/// @param warmUp    before the first, of each
record Turns(int perSecond, Duration length, int rounds, Duration warmUp) {

    /// What came of it.
    ///
    /// @param rounds of all contenders, those of the first at first
    record Judged(List<Round> rounds, Ledger ledger) {}

    /// @param usual what is taken if nothing else is wished
    static Turns of(Wishes wishes, Question.Usual usual) {
        return new Turns(
                wishes.rate().orElse(usual.perSecond()),
                Duration.ofSeconds(wishes.seconds().orElse(usual.seconds())),
                wishes.rounds().orElse(usual.rounds()),
                Duration.ofSeconds(wishes.warmUp().orElse(usual.warmUp())));
    }

    /// The same, warm already.
    Turns warm() {
        return new Turns(perSecond, length, rounds, Duration.ZERO);
    }

    /// How long all of it takes at least.
    Duration whole(int contenders) {
        return warmUp.plus(length.multipliedBy(rounds)).multipliedBy(contenders);
    }

    Judged take(List<? extends Contender> contenders) throws IOException, InterruptedException {
        var windows = contenders.stream().map(each -> new ArrayList<Window>()).toList();
        if (warmUp.isPositive()) {
            for (Contender each : contenders) {
                each.warmUp(perSecond, warmUp);
            }
        }
        for (var number = 1; number <= rounds; number++) {
            for (var i = 0; i < contenders.size(); i++) {
                windows.get(i).add(contenders.get(i).window(number, perSecond, length));
            }
        }
        var judged = new ArrayList<Round>();
        var ledger = Ledger.of(List.of());
        for (var i = 0; i < contenders.size(); i++) {
            var own = contenders.get(i).judge();
            windows.get(i).forEach(window -> judged.add(window.judge(own.said())));
            ledger = ledger.and(own);
        }
        return new Judged(List.copyOf(judged), ledger);
    }
}
