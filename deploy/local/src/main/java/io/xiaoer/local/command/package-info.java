/// The commands of `./xiaoer`, one class each. What a command cannot do it says in one sentence, as a
/// [io.xiaoer.local.command.Refusal].
@NullMarked
package io.xiaoer.local.command;

import org.jspecify.annotations.NullMarked;
