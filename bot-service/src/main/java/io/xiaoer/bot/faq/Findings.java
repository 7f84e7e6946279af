package io.xiaoer.bot.faq;

import java.util.List;

/// What was found for a text.
///
/// @param candidates best first
/// @param others what else the text may mean, best first
/// @param bands to judge their scores by
public record Findings(List<FaqCandidate> candidates, List<Other> others, Bands bands) {

    public Findings {
        candidates = List.copyOf(candidates);
        others = List.copyOf(others);
    }

    /// Entries alone.
    public Findings(List<FaqCandidate> candidates, Bands bands) {
        this(candidates, List.of(), bands);
    }

    /// Something that is no entry, a dialog for example.
    ///
    /// @param label in the words of a shopper
    /// @param payload of the button that begins it
    /// @param score on the scale of [FaqCandidate#score()]
    public record Other(String label, String payload, double score) {}
}
