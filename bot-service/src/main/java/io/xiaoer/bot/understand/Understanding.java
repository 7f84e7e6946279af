package io.xiaoer.bot.understand;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;

/// Tells what a text may mean in a shop.
public interface Understanding {

    /// What the text may mean. Touches nothing outside this process; the vector of a text is computed once and kept
    /// in a bounded cache.
    ///
    /// @param deadline says how long a shop that is being learnt for the first time may be waited for
    Meaning of(ShopId shop, String text, Language language, Deadline deadline);
}
