/// Keeping calls away from what does not answer: after half of the last calls have failed, a part is not asked for a
/// few seconds, then by a few calls on trial. Each shop has its own circuit for each part, so that what is slow for
/// one shop costs no other.
@NullMarked
package io.xiaoer.common.circuit;

import org.jspecify.annotations.NullMarked;
