/// Tests of the judgement over what became of what cannot be processed.
@NullMarked
package io.xiaoer.drills.failing;

import org.jspecify.annotations.NullMarked;
