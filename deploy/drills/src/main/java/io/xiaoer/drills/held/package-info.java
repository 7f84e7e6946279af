/// Shoppers who ask for a person, and the person of the shop who takes them, talks with them and lets them go, over the
/// gateway and by the public contract alone.
///
/// What the person said stands in a [io.xiaoer.drills.ledger.HeldLedger] for each session;
/// [io.xiaoer.drills.ledger.HeldChecker] judges it.
@NullMarked
package io.xiaoer.drills.held;

import org.jspecify.annotations.NullMarked;
