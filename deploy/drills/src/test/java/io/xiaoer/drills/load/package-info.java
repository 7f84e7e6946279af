@NullMarked
package io.xiaoer.drills.load;

import org.jspecify.annotations.NullMarked;
