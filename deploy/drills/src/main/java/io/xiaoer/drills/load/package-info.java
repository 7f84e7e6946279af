/// Many shoppers who talk, each with several devices, over the gateway and by the public contract alone.
///
/// The load is open: what is to be said is said at its time whether or not the suite answers, and waits at the device
/// when there is no connection. The devices do what the contract asks of a good client: they ask for what they miss,
/// send again what was not acknowledged (same id, new time), and come back with jitter. Everything is written into a
/// [io.xiaoer.drills.ledger.ShopperLedger] each. Who says what, when and on which device comes from the seed.
@NullMarked
package io.xiaoer.drills.load;

import org.jspecify.annotations.NullMarked;
