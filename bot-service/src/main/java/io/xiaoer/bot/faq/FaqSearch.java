package io.xiaoer.bot.faq;

import io.xiaoer.bot.decide.Deadline;
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
    /// @param deadline says how long a shop that is being learnt for the first time may be waited for
    public Findings find(ShopId shop, FaqCopy copy, String text, Language language, int limit, Deadline deadline) {
        List<FaqCandidate> equal = equalWords.find(copy, text, language, limit);
        var meant = retrieval.find(shop, copy, text, language, limit, deadline);
        var candidates = Stream.concat(equal.stream(), meant.candidates().stream())
                .gather(FaqCopy.firstOfEachEntry())
                .limit(limit)
                .toList();
        return new Findings(candidates, equal.isEmpty() ? meant.others() : List.of(), meant.bands());
    }

    /// Whether what the copy says is still being learnt, and is found by equal words alone until then.
    boolean isLearning(ShopId shop, FaqCopy copy) {
        return retrieval.isLearning(shop, copy);
    }
}
