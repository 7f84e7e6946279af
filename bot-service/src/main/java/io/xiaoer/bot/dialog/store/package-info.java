/// The flows of shops: what is built in, what a shop wrote in its place or beside it, every version of that, and which
/// shoppers a new version talks to first. Changes are one transaction with the shop's revision; each instance holds a
/// copy that it compares once a second.
@NullMarked
package io.xiaoer.bot.dialog.store;

import org.jspecify.annotations.NullMarked;
