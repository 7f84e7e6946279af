/// Talks that nobody has: a script of what a shopper says, functions that answer what the script gives, and what the
/// flows make of it, compared with what the script expects. Nothing outside is called, nothing is written.
@NullMarked
package io.xiaoer.bot.dialog.simulate;

import org.jspecify.annotations.NullMarked;
