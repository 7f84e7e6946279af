/// What happens to an order after it was paid for: refunds, returns, exchanges. Each is replaced as a whole by
/// a newer version of itself and never by an older one. A command begins one, if the order's status allows it and no
/// other is open. Why the shopper wants it is encrypted where it is kept, and shown with it.
@NullMarked
package io.xiaoer.ordersync.aftersale;

import org.jspecify.annotations.NullMarked;
