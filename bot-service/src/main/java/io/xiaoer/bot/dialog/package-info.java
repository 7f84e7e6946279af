/// The port where a dialog engine plugs in: it goes on with a running dialog, or starts one that a question asks for.
/// Its state moves exactly when the reply is stored.
@NullMarked
package io.xiaoer.bot.dialog;

import org.jspecify.annotations.NullMarked;
