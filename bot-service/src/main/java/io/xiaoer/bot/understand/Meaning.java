package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.FaqCandidate;
import java.util.List;

/// What a text may mean.
///
/// @param flows dialogs that it may start, best first
/// @param entries FAQ entries that it may ask for, best first
/// @param known how sure it is that the text is about something that the shop serves at all, 0 to 1
public record Meaning(List<FlowScore> flows, List<FaqCandidate> entries, double known) {

    public Meaning {
        flows = List.copyOf(flows);
        entries = List.copyOf(entries);
    }

    /// A dialog and how sure it is that it is meant, 0 to 1, on the scale of [FaqCandidate#score()].
    public record FlowScore(String flow, double score) {}
}
