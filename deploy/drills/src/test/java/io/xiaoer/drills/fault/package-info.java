@NullMarked
package io.xiaoer.drills.fault;

import org.jspecify.annotations.NullMarked;
