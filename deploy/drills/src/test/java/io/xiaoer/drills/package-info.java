/// The command line of the drills.
@NullMarked
package io.xiaoer.drills;

import org.jspecify.annotations.NullMarked;
