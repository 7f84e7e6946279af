/// What shoppers ask of a shop about an order and a person does there: hurry it, send an invoice, give back the
/// difference of a price. A command begins one, if the order allows it and no other of the kind is open; the merchant
/// lists them and says how each ended, which the shopper is told. Nothing here does what is asked.
@NullMarked
package io.xiaoer.ordersync.request;

import org.jspecify.annotations.NullMarked;
