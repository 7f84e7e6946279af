/// The engine of dialogs: one turn of a talk from a question and the state before it to what is said and the state
/// after it. The order in which a turn is understood is fixed ([Engine]); a write happens behind a clear yes at its
/// confirm alone, under a key that is the same whenever the same turn is handled again; the state is bounded.
@NullMarked
package io.xiaoer.bot.dialog.engine;

import org.jspecify.annotations.NullMarked;
