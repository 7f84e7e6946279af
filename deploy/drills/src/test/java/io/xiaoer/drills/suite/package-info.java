@NullMarked
package io.xiaoer.drills.suite;

import org.jspecify.annotations.NullMarked;
