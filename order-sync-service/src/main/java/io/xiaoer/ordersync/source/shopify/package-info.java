/// Shopify: its signed webhooks, and the orders of its REST Admin API by cursor, both in the same form. Ids are
/// Shopify's own numbers, a shopper is the customer's number, and each state stands beside Shopify's own words.
@NullMarked
package io.xiaoer.ordersync.source.shopify;

import org.jspecify.annotations.NullMarked;
