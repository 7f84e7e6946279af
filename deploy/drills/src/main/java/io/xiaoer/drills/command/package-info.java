/// A shop's backend that double-clicks: many commands at once, each sent several times under its key, over the gateway
/// and by the public contract alone.
///
/// [io.xiaoer.drills.command.Market] makes what the commands work on and knows what was there before;
/// [io.xiaoer.drills.command.Clicking] sends them and asks again until it is answered; what came back stands in a
/// [io.xiaoer.drills.command.Clicks] for each key. [io.xiaoer.drills.command.EffectChecker] compares that with what the
/// shop has in the end and with what its shoppers were told. What is asked comes from the seed.
@NullMarked
package io.xiaoer.drills.command;

import org.jspecify.annotations.NullMarked;
