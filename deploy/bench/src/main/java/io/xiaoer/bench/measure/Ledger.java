package io.xiaoer.bench.measure;

import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Checker;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.ledger.ShopperLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of everything that was said.
///
/// @param breaches what was lost, doubled, misordered, left unanswered or else wrong
/// @param outcomes what questions got: `bot`, or the code of a notice, and how often
public record Ledger(
        List<Said> said, long acknowledged, long answered, List<Breach> breaches, Map<String, Long> outcomes) {
    private static final String BOT = "bot";

    public Ledger {
        said = List.copyOf(said);
        breaches = List.copyOf(breaches);
        outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
    }

    /// @param logs what stands in the log of each of them, in their order
    public static Ledger of(List<ShopperLedger> shoppers, List<List<Message>> logs) {
        var said = new ArrayList<Said>();
        var breaches = new ArrayList<Breach>();
        var outcomes = new TreeMap<String, Long>();
        for (var i = 0; i < shoppers.size(); i++) {
            said.addAll(shoppers.get(i).said());
            breaches.addAll(Checker.check(shoppers.get(i), logs.get(i), logs.get(i)));
            logs.get(i).stream()
                    .filter(message -> message.replyTo() != null && !message.said())
                    .forEach(outcome -> outcomes.merge(kind(outcome), 1L, Long::sum));
        }
        return new Ledger(
                said,
                said.stream().filter(Said::isAcknowledged).count(),
                said.stream().filter(Said::isAnswered).count(),
                breaches,
                outcomes);
    }

    /// Nothing but what went wrong.
    public static Ledger of(List<Breach> breaches) {
        return new Ledger(List.of(), 0, 0, breaches, Map.of());
    }

    /// Both together.
    public Ledger and(Ledger other) {
        var all = new ArrayList<>(said);
        all.addAll(other.said);
        var wrong = new ArrayList<>(breaches);
        wrong.addAll(other.breaches);
        var kinds = new TreeMap<>(outcomes);
        other.outcomes.forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
        return new Ledger(all, acknowledged + other.acknowledged, answered + other.answered, wrong, kinds);
    }

    private static String kind(Message outcome) {
        return outcome.notice() == null ? BOT : outcome.notice();
    }

    /// Whether everything that was said is there once, in its place, on every device, with one outcome.
    public boolean clean() {
        return breaches.isEmpty() && acknowledged == said.size() && answered == said.size();
    }

    /// Whether it is the bot that answered, each time.
    public boolean botAlone() {
        return outcomes.keySet().stream().allMatch(BOT::equals);
    }
}
