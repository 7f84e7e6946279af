/// The archive of every message and what it is good for: it follows `cs.message` into MariaDB without loss or
/// repetition, answers for what the log in Redis no longer holds, and fills the log again when Redis has lost it.
@NullMarked
package io.xiaoer.session.archive;

import org.jspecify.annotations.NullMarked;
