/// A copy of what a shop could not do without, outside of its database: shops, sessions, their ratings, and of each
/// user the last 500 messages of the last seven days. Made once a day by one node, kept for thirty days, restored by
/// name into a schema that lost it; what stands there already wins.
///
/// Everything is read from MariaDB, in pages, and kept as parts of a few megabytes, so that memory is bounded however
/// large a shop is. The manifest is written behind each part: a run that dies is continued by whoever holds the lease
/// next, and a backup is one only when its manifest says that it is complete.
@NullMarked
package io.xiaoer.session.backup;

import org.jspecify.annotations.NullMarked;
