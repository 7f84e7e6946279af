/// Measures how well the bot understands, on published sets and on the project's own, with the code that answers
/// shoppers. [Eval] is `./xiaoer eval`; [QualityTest] holds the figures that were reached.
@NullMarked
package io.xiaoer.bot.eval;

import org.jspecify.annotations.NullMarked;
