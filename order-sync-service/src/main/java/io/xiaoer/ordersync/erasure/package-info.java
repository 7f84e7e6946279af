/// A shopper is erased on demand: who their orders went to is forgotten, name, phone and address, why somebody read
/// them in clear, why they wanted after-sales, what was written into requests and commands about their orders, and
/// what they are told of these; and so is whom an order went to that nobody has told of for long.
/// What was asked about them before that and is applied later stores nothing of them, by a mark without a name.
/// The orders, coupons and commands stay, for they are the merchant's record; a merchant who tells the receiver of an
/// order again has it kept again.
@NullMarked
package io.xiaoer.ordersync.erasure;

import org.jspecify.annotations.NullMarked;
