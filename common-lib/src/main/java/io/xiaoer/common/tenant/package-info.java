/// Keeps shops apart in the database. Whoever works for a shop runs inside [Tenant]; every statement that
/// MyBatis sends is parsed, and unless each tenant table in it is bound to exactly that shop by
/// `shop_id = ?` the statement is refused before it reaches the database. What cannot be parsed, or names a
/// table that nobody declared, is refused too: an error in a mapper costs an exception, never another
/// shop's row. [CrossTenant] is the one way around, and a test lists who takes it.
@NullMarked
package io.xiaoer.common.tenant;

import org.jspecify.annotations.NullMarked;
