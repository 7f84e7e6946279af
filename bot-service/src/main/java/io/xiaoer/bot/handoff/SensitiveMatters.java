package io.xiaoer.bot.handoff;

import io.xiaoer.common.id.ShopId;

/// Knows what a shop wants people to talk about and not the bot, however well it could answer.
public interface SensitiveMatters {

    /// Whether a shopper's words touch such a matter.
    boolean concern(ShopId shop, String text);
}
