package io.xiaoer.bot.dialog.function;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.UserKey;

/// The call of a function by a dialog.
///
/// @param buyer the shopper whose dialog calls: what is not theirs is not found
/// @param sessionId the session that the dialog runs in
/// @param idempotencyKey of a write: session and run of the flow, the same when the step is repeated
/// @param deadline by which the answer must stand
public record Call(UserKey buyer, String sessionId, String idempotencyKey, Language language, Deadline deadline) {}
