package io.xiaoer.bot.words;

import io.xiaoer.common.id.ShopId;
import java.util.Set;

/// Knows which built-in sensitive words stand in what a shop expects its shoppers to ask: they are no bad ones there.
public interface OwnWords {

    /// The words, see [io.xiaoer.common.words.ShopWords#wordsIn].
    Set<String> of(ShopId shop);
}
