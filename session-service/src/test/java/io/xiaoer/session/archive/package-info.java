/// The archive and what hangs on it, while servers break.
@NullMarked
package io.xiaoer.session.archive;

import org.jspecify.annotations.NullMarked;
