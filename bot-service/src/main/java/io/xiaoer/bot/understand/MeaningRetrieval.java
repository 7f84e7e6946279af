package io.xiaoer.bot.understand;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.faq.FaqCopy;
import io.xiaoer.bot.faq.FaqEntry;
import io.xiaoer.bot.faq.FaqRetrieval;
import io.xiaoer.bot.faq.Findings;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Finds entries by what a text means. A mind may be a moment behind the FAQ: what is no longer there is not found, and
/// what was changed is found by words that it still has.
@Component
final class MeaningRetrieval implements FaqRetrieval {

    private final ShopMinds minds;

    MeaningRetrieval(ShopMinds minds) {
        this.minds = minds;
    }

    @Override
    public Findings find(ShopId shop, FaqCopy copy, String text, Language language, int limit, Deadline deadline) {
        var meaning = minds.meaning(shop, text, language, deadline);
        var candidates = meaning.entries().stream()
                .flatMap(candidate -> current(copy, candidate))
                .limit(limit)
                .toList();
        return new Findings(candidates, meaning.others(), meaning.bands());
    }

    @Override
    public boolean isLearning(ShopId shop, FaqCopy copy) {
        return minds.isLearning(shop, copy);
    }

    private static Stream<FaqCandidate> current(FaqCopy copy, FaqCandidate candidate) {
        FaqEntry entry = copy.entry(candidate.entry().id());
        if (entry == null || (!entry.equals(candidate.entry()) && !says(entry, candidate.match()))) {
            return Stream.empty();
        }
        return Stream.of(new FaqCandidate(entry, candidate.score(), candidate.match()));
    }

    private static boolean says(FaqEntry entry, FaqCandidate.Match match) {
        return switch (match.field()) {
            case QUESTION -> entry.question().equals(match.text());
            case SIMILAR -> entry.similar().contains(match.text());
            case ANSWER -> false;
        };
    }
}
