/// The service that keeps what other services could not process: whole, visible, replayable. It does not know what the
/// work means. Each package below this one is a capability; this one only starts them.
@NullMarked
package io.xiaoer.compensation;

import org.jspecify.annotations.NullMarked;
