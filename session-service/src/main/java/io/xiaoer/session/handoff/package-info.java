/// People and the sessions that they hold: the queue of each shop, agents' presence and load, taking, passing on,
/// releasing and closing, and what brings a session back whose agent is gone or says nothing.
///
/// One agent holds a session at a time. Its row decides, by a compare-and-set on the ownership number; Redis follows,
/// only upward; then agents and shopper are told. What was produced under an older number is refused by the append
/// itself and kept as a draft. So neither an emptied Redis nor a crash between any two steps gives a session to two, or
/// back to the bot.
@NullMarked
package io.xiaoer.session.handoff;

import org.jspecify.annotations.NullMarked;
