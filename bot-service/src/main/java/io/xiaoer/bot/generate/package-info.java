/// Answers that a generative model writes, from the shop's own FAQ texts or not at all. The model is asked over the
/// protocol that OpenAI made common, within deadlines, a number of talks at once and a shop's budget for the day; it
/// may call functions that read. What it says names the texts that it stands on, or is thrown away. It sees no
/// personal data that can be told by its form, and nothing that it says is acted on. Without configuration its stage is
/// empty.
@NullMarked
package io.xiaoer.bot.generate;

import org.jspecify.annotations.NullMarked;
