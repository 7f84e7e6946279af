/// Tests of the judgement over what a stranger was answered.
@NullMarked
package io.xiaoer.drills.foreign;

import org.jspecify.annotations.NullMarked;
