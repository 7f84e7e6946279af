/// What is done once, beside the start, so that the first shoppers need not wait for it.
@NullMarked
package io.xiaoer.bot.warmup;

import org.jspecify.annotations.NullMarked;
