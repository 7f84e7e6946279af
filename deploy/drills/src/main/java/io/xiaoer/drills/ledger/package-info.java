/// What a load client wrote down, and the judgement over it.
///
/// A [io.xiaoer.drills.ledger.ShopperLedger] holds what one shopper said, what was acknowledged, and what each of the
/// shopper's devices was shown, in the order in which it came. [io.xiaoer.drills.ledger.Checker] compares that with the
/// log and the archive as they stand in the end and names each promise that was broken. Nothing here knows how messages
/// travel.
@NullMarked
package io.xiaoer.drills.ledger;

import org.jspecify.annotations.NullMarked;
