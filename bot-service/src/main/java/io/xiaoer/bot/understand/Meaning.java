package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.Bands;
import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.faq.FaqDecision;
import io.xiaoer.bot.faq.Findings;
import io.xiaoer.bot.words.Language;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a text may mean.
///
/// @param flows dialogs that it may start, best first
/// @param entries FAQ entries that it may ask for, best first
/// @param known how sure it is that the text is about something that the shop knows at all: the mean of the five best
///     cosines with its examples and a fifth of the classifier's highest chance, 0 to 1.2
/// @param bands to judge scores by
public record Meaning(List<FlowScore> flows, List<FaqCandidate> entries, double known, Bands bands) {

    /// What a button that begins a dialog gives: this and the dialog's name.
    public static final String FLOW_PAYLOAD = "flow:";

    /// A text that means nothing here.
    public static final Meaning NOTHING = new Meaning(List.of(), List.of(), 0);

    public Meaning {
        flows = List.copyOf(flows);
        entries = List.copyOf(entries);
    }

    /// A meaning that is judged by the bands that every shop starts with.
    public Meaning(List<FlowScore> flows, List<FaqCandidate> entries, double known) {
        this(flows, entries, known, Bands.start(Language.ZH));
    }

    /// A dialog and how sure it is that it is meant, 0 to 1, on the scale of [FaqCandidate#score()].
    ///
    /// @param label what stands on its button: its first example
    public record FlowScore(String flow, String label, double score) {

        /// A dialog whose name stands on its button.
        public FlowScore(String flow, double score) {
            this(flow, flow, score);
        }
    }

    /// The dialog that the text starts: above what answers, and clearly ahead of all else. Null if none is.
    public @Nullable FlowScore started() {
        if (flows.isEmpty()) {
            return null;
        }
        var best = flows.getFirst();
        double rival = Math.max(
                entries.isEmpty() ? 0 : entries.getFirst().score(),
                flows.size() < 2 ? 0 : flows.get(1).score());
        return best.score() >= bands.high() && best.score() >= rival + FaqDecision.AHEAD ? best : null;
    }

    /// What to do with the entries, and with the dialogs beside them.
    public FaqDecision decision() {
        return FaqDecision.of(new Findings(entries, others(), bands));
    }

    /// The dialogs as buttons that begin them.
    List<Findings.Other> others() {
        return flows.stream()
                .map(each -> new Findings.Other(each.label(), FLOW_PAYLOAD + each.flow(), each.score()))
                .toList();
    }
}
