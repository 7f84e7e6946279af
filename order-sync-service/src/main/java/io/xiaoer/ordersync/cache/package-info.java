/// What cards showed a shopper of late, kept in Redis for seconds so that who asks again costs the
/// database nothing, and forgotten when what it shows changes.
///
/// It is a view and never the record: a Redis that is away, slow or empty makes every answer come from
/// the tables, and no write waits for it longer than its time-out. [PartCache] keeps and forgets,
/// [CardChanges] sees to it that a commit is followed by the forgetting, and [CardChangeSweep] that this
/// happens although the process died in between. No receiver of an order is ever handed to it.
@NullMarked
package io.xiaoer.ordersync.cache;

import org.jspecify.annotations.NullMarked;
