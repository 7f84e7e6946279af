/// Commands of merchants: taken once, applied once, or visibly failed.
///
/// A command's row, the answer to its `Idempotency-Key` and its record for Kafka are one commit. Its effect, its new
/// status and the event that tells of it are another. What a rule refuses ends `failed` with a reason; what cannot be
/// processed is `compensating` and stands in the dead letters until it is replayed or given up. The kinds of commands
/// plug in as [CommandHandler]s; nothing here knows what one does. What somebody wrote into a command is kept encrypted
/// in its row and in no record. A command that has ended is kept for a time.
@NullMarked
package io.xiaoer.ordersync.command;

import org.jspecify.annotations.NullMarked;
