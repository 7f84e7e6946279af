/// The functions that dialogs call, over order-sync-service: reads by GraphQL, writes by its idempotent commands. A
/// shopper's own orders alone are found; a write is judged there, under the lock of the order, and told here as it
/// ended: done, refused, or still under way.
@NullMarked
package io.xiaoer.bot.functions;

import org.jspecify.annotations.NullMarked;
