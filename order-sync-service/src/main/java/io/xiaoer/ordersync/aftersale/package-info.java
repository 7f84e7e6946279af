/// What happens to an order after it was paid for: refunds, returns, exchanges. Each is replaced as a whole by
/// a newer version of itself and never by an older one.
@NullMarked
package io.xiaoer.ordersync.aftersale;

import org.jspecify.annotations.NullMarked;
