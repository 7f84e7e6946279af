package io.xiaoer.bot.understand;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import java.util.List;
import java.util.Map;

/// The examples that start a shop's dialogs: what understanding learns from.
public interface FlowExamples {

    /// Another number whenever an example of the shop has changed.
    long revision(ShopId shop);

    /// The examples of each flow, by the flow's name.
    Map<String, List<String>> of(ShopId shop, Language language);
}
