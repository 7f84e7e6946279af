/// Several ways of saying what an entry of the FAQ answers, approved by its merchant, compete for being said: the one
/// after which most shoppers were helped is said most, each other now and then. What was said, with which chance, and
/// what came of it is kept, so that a report can tell how well each would do.
@NullMarked
package io.xiaoer.bot.script;

import org.jspecify.annotations.NullMarked;
