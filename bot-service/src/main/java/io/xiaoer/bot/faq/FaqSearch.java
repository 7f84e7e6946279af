package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Searches a shop's FAQ: equal words first, then what a text means.
@Component
public final class FaqSearch {

    private final EqualWords equalWords;
    private final FaqRetrieval retrieval;

    FaqSearch(EqualWords equalWords, FaqRetrieval retrieval) {
        this.equalWords = equalWords;
        this.retrieval = retrieval;
    }

    /// What is found, each entry once.
    ///
    /// @param limit the most candidates
    public Findings find(ShopId shop, FaqCopy copy, String text, Language language, int limit) {
        List<FaqCandidate> equal = equalWords.find(copy, text, language, limit);
        var meant = retrieval.find(shop, copy, text, language, limit);
        var candidates = Stream.concat(equal.stream(), meant.candidates().stream())
                .gather(FaqCopy.firstOfEachEntry())
                .limit(limit)
                .toList();
        return new Findings(candidates, equal.isEmpty() ? meant.others() : List.of(), meant.bands());
    }
}
