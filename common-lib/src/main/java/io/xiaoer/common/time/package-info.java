/// Moments in the database: stored and read as UTC, so that a row means the same to every process that reads it,
/// wherever that runs.
@NullMarked
package io.xiaoer.common.time;

import org.jspecify.annotations.NullMarked;
