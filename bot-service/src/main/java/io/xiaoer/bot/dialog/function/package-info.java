/// The functions that dialogs call: Java methods, a record in and a record out, that the typed catalogue names. The
/// catalogue and the methods are compared when the application starts. A write is called under an idempotency key; a
/// read may be tried again.
@NullMarked
package io.xiaoer.bot.dialog.function;

import org.jspecify.annotations.NullMarked;
