/// Platforms from which a shop's orders come: what they push is taken if its signature is right, and what they keep is
/// asked for again and again, since every platform loses messages. Both roads end in the same
/// [io.xiaoer.ordersync.ingest.Ingestion], whose versions make a repetition harmless, so that a lost message is healed
/// by the next poll and none is applied out of order. An order that cannot be taken goes to compensation and stops
/// no other one.
///
/// [io.xiaoer.ordersync.source.Platform] is the port; each platform is a package below this one.
@NullMarked
package io.xiaoer.ordersync.source;

import org.jspecify.annotations.NullMarked;
