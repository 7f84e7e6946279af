package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.words.Wording;
import java.time.Clock;

/// What the engine works with.
///
/// @param flows of all shops
/// @param functions that flows call
/// @param senses what the bot around it knows
/// @param hearing how values are heard
/// @param judge asked where nothing else understands
/// @param gate before writes
/// @param payloads of buttons
public record Around(
        FlowBook flows,
        Functions functions,
        Senses senses,
        Hearing hearing,
        Judge judge,
        WriteGate gate,
        Payloads payloads,
        Wording wording,
        Clock clock) {}
