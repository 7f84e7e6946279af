/// What the suite keeps on disk between two starts, all under one directory (`var/` unless told otherwise).
///
/// The secrets are made once, at the first start, readable by their owner alone, and never change by themselves; ports
/// are kept while they are free. Deleting the directory is the way to begin anew.
@NullMarked
package io.xiaoer.local.data;

import org.jspecify.annotations.NullMarked;
