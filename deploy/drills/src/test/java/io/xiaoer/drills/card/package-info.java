/// Tests of the judgement over questions about orders beside others.
@NullMarked
package io.xiaoer.drills.card;

import org.jspecify.annotations.NullMarked;
