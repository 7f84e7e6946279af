package io.xiaoer.bot.words;

import io.xiaoer.common.id.ShopId;

/// Looks over what the bot is about to say and masks what the shop's lists forbid. What shoppers say was masked
/// before it was stored.
public interface WordFilter {

    /// The text with sensitive words masked; the same text if there are none.
    String mask(ShopId shop, String text);
}
