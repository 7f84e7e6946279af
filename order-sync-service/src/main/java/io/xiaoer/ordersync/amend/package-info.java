/// What may still change of an order before any of it is on its way: who receives it, and whether it goes at all.
///
/// A command's change holds until the merchant tells a newer version of the order, which then is what counts. A
/// receiver travels and is stored encrypted only; the command's own row does not have it, and whoever is told of it
/// gets it masked.
@NullMarked
package io.xiaoer.ordersync.amend;

import org.jspecify.annotations.NullMarked;
