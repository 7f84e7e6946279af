/// Keeping virtual threads going: a process that waits for a carrier while all carriers wait for it gets more of them.
@NullMarked
package io.xiaoer.common.carrier;

import org.jspecify.annotations.NullMarked;
