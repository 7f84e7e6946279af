/// Orders and what was bought with them, one shop's at a time. An order is replaced as a whole by a newer
/// version of itself and never by an older one. The receiver's name, phone and address are encrypted in the
/// table, and encrypted anew when the keys change; what leaves this package has them masked.
@NullMarked
package io.xiaoer.ordersync.order;

import org.jspecify.annotations.NullMarked;
