package io.xiaoer.bot.faq;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;

/// Finds the entries of a shop's FAQ that may answer a text by what it means.
public interface FaqRetrieval {

    /// What is found. Touches nothing outside this process.
    ///
    /// @param copy the shop's FAQ: nothing that is not in it is found
    /// @param limit the most candidates
    /// @param deadline says how long a shop that is being learnt for the first time may be waited for
    Findings find(ShopId shop, FaqCopy copy, String text, Language language, int limit, Deadline deadline);

    /// Whether what the copy says is still being learnt.
    boolean isLearning(ShopId shop, FaqCopy copy);
}
