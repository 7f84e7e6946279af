/// The functions that dialogs call: Java methods, a record in and a record out, that the typed catalogue names.
@NullMarked
package io.xiaoer.bot.dialog.function;

import org.jspecify.annotations.NullMarked;
