/// Reading values out of what a shopper wrote: times, yes and no, which of several options, order numbers, phones,
/// amounts, the thing that was bought. Pure functions on text that never throw, take a time linear in the text and
/// say "none" or "unclear" rather than guess. Nothing here knows what the value is for.
@NullMarked
package io.xiaoer.bot.slots;

import org.jspecify.annotations.NullMarked;
