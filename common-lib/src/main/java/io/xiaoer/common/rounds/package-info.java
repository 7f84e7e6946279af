/// Work that never ends by itself: one thread goes from round to round, rests in between and can be woken. It bears to
/// be stopped and started again.
@NullMarked
package io.xiaoer.common.rounds;

import org.jspecify.annotations.NullMarked;
