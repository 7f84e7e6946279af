/// Passing a shopper to a person: recognising the wish, and the one repeatable call that fulfils it.
@NullMarked
package io.xiaoer.bot.handoff;

import org.jspecify.annotations.NullMarked;
