package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.Language;
import java.util.List;

/// Finds the entries of a shop's FAQ that may answer a text.
public interface FaqRetrieval {

    /// Candidates, best first. Touches nothing outside this process.
    ///
    /// @param copy the shop's FAQ
    /// @param limit the most candidates
    List<FaqCandidate> find(FaqCopy copy, String text, Language language, int limit);
}
