/// What a shopper or a merchant wants to see of an order at once: the order, its parcels, its after-sales and
/// the shopper's coupons, by one GraphQL call. Each of the four comes from a source of its own, with its own
/// deadline and its own share of the database's connections; one that is slow or away is missing in the answer
/// and named in its errors, and the others are there in time. A query too deep, too large or about the schema
/// itself is refused before anything is read.
@NullMarked
package io.xiaoer.ordersync.card;

import org.jspecify.annotations.NullMarked;
