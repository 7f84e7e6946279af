/// The keys of encrypted fields. One keyset stands in the database, wrapped by a key service; every instance reads it,
/// and one of them adds a key a day. A new key is known to all before it writes, and every key of the keyset reads, so
/// that no instance ever meets a value that it cannot open. While the key service is away what was unwrapped before is
/// used on; an instance that has unwrapped nothing yet answers [io.xiaoer.common.crypto.KeysUnavailable].
@NullMarked
package io.xiaoer.ordersync.keys;

import org.jspecify.annotations.NullMarked;
