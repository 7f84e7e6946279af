/// A shopper's data is erased on demand: archive, sessions, ratings, bindings, what waits in the outbox, everything in
/// Redis; their devices are closed, and the other services are told.
///
/// The commit is a tombstone that names nobody. From it on nothing older is stored, whichever way it comes: the
/// archiver drops it, a refill leaves it out, a late answer is refused by the log. What follows may be repeated, and
/// is until it is done, whichever process dies.
@NullMarked
package io.xiaoer.session.erasure;

import org.jspecify.annotations.NullMarked;
