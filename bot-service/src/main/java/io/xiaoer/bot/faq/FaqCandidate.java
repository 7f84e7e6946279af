package io.xiaoer.bot.faq;

/// An entry that may answer a question.
///
/// @param score 0 to 1, 1 for the very words
/// @param match what of the entry matched, and how
public record FaqCandidate(FaqEntry entry, double score, Match match) {

    /// The part of an entry that matched.
    ///
    /// @param how how close it is
    /// @param field which part
    /// @param text its words
    public record Match(How how, Field field, String text) {}

    /// How close a match is.
    public enum How {
        /// Character by character.
        EXACT,
        /// Equal in plain form.
        NORMALISED,
        /// Close in meaning.
        SIMILAR
    }

    /// The parts of an entry that are matched.
    public enum Field {
        QUESTION,
        SIMILAR,
        /// The question together with the answer.
        ANSWER
    }
}
