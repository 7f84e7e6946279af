/// Questions about orders, parcels and refunds: recognised by rules, answered with the order card from one call to
/// order-sync-service. What a shopper names is shown only if it is that shopper's own.
@NullMarked
package io.xiaoer.bot.order;

import org.jspecify.annotations.NullMarked;
