package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.Language;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/// Retrieval by equal words: the same text, or the same in plain form, among questions and similar questions. An
/// entry in the other language stands a little below one in the language of the question.
@Component
final class EqualWords {

    static final double EXACT = 1;
    static final double NORMALISED = 0.99;
    private static final double OTHER_LANGUAGE = 0.02;
    private static final Comparator<FaqCandidate> BEST_FIRST = Comparator.comparingDouble(FaqCandidate::score)
            .reversed()
            .thenComparing(candidate -> candidate.match().field())
            .thenComparing(candidate -> candidate.entry().updatedAt(), Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.entry().id());

    /// Candidates, best first.
    List<FaqCandidate> find(FaqCopy copy, String text, Language language, int limit) {
        String words = text.strip();
        return copy.alike(words).stream()
                .map(wording -> candidate(wording, words, language))
                .sorted(BEST_FIRST)
                .gather(FaqCopy.firstOfEachEntry())
                .limit(limit)
                .toList();
    }

    private static FaqCandidate candidate(FaqCopy.Wording wording, String words, Language language) {
        boolean exact = wording.text().equals(words);
        boolean spoken = Language.ofTag(wording.entry().locale()) == language;
        var how = exact ? FaqCandidate.How.EXACT : FaqCandidate.How.NORMALISED;
        double score = (exact ? EXACT : NORMALISED) - (spoken ? 0 : OTHER_LANGUAGE);
        return new FaqCandidate(wording.entry(), score, new FaqCandidate.Match(how, wording.field(), wording.text()));
    }
}
