/// The small language of conditions and texts in a flow: paths such as `$order.no`, comparisons, `is empty`, and texts
/// with `${…}`. It is total: every expression has a value for every input, nothing throws, nothing loops. Types are
/// checked when a flow is loaded, and numbers are bounded where they come in ([Figures]).
@NullMarked
package io.xiaoer.bot.dialog.expression;

import org.jspecify.annotations.NullMarked;
