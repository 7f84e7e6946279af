/// How a service's schema is migrated: over a connection of its own, which waits for a statement as long as that takes.
/// MariaDB commits each statement that changes a table by itself, so a migration that is cut off stays half done.
@NullMarked
package io.xiaoer.common.schema;

import org.jspecify.annotations.NullMarked;
