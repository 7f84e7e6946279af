/// Dialogs that shops write: the port at which they stand in the row of sources, which goes on with a running dialog or
/// starts one that a question asks for. Their state moves exactly when the reply is stored.
@NullMarked
package io.xiaoer.bot.dialog;

import org.jspecify.annotations.NullMarked;
