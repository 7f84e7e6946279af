/// Tests of the judgement over commands.
@NullMarked
package io.xiaoer.drills.command;

import org.jspecify.annotations.NullMarked;
