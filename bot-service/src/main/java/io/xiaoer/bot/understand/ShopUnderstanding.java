package io.xiaoer.bot.understand;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.faq.FaqCopies;
import io.xiaoer.bot.faq.FaqSearch;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import org.springframework.stereotype.Component;

/// Understanding by a shop's mind and, for entries, by equal words as well.
@Component
final class ShopUnderstanding implements Understanding {

    private static final int ENTRIES = 5;

    private final ShopMinds minds;
    private final FaqCopies copies;
    private final FaqSearch search;

    ShopUnderstanding(ShopMinds minds, FaqCopies copies, FaqSearch search) {
        this.minds = minds;
        this.copies = copies;
        this.search = search;
    }

    @Override
    public Meaning of(ShopId shop, String text, Language language, Deadline deadline) {
        var meaning = minds.meaning(shop, text, language, deadline);
        try {
            var found = search.find(shop, copies.of(shop), text, language, ENTRIES, deadline);
            return new Meaning(meaning.flows(), found.candidates(), meaning.known(), found.bands());
        } catch (FaqCopies.Unavailable e) {
            return meaning;
        }
    }
}
