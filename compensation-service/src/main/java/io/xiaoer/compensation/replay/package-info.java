/// Sending work again, giving it up, and learning how it ended.
///
/// Each deed claims the task under its lock and puts the record into the outbox in the same transaction, so that a task
/// is never sent by two instances for one claim, and never marked as sent without being sent. The owner of the work
/// does it once, however often it is sent.
@NullMarked
package io.xiaoer.compensation.replay;

import org.jspecify.annotations.NullMarked;
