package io.xiaoer.bot.faq;

import io.xiaoer.common.id.ShopId;

/// The copy of a shop's FAQ in this process has changed.
public record FaqChanged(ShopId shop) {}
