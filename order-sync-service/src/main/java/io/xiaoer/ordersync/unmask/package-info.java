/// Name, phone and address of an order's receiver, and what was written into a command about an order, in clear, for
/// who has the scope `unmask` and gives a reason. Each reading is a row of its own that says who saw what of which
/// order and why, committed before anything is answered;
/// the shop reads these rows. What was read stands in no log and in no other table.
@NullMarked
package io.xiaoer.ordersync.unmask;

import org.jspecify.annotations.NullMarked;
