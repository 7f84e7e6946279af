package io.xiaoer.bot.intake;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.id.UserKey;

/// A question as far as its envelope tells: whose it is and where its outcome belongs.
///
/// @param language of the session, until the words tell better
/// @param query the record
record Asked(UserKey user, String sessionId, String id, Language language, BotQuery query) {}
