@NullMarked
package io.xiaoer.bench.peer;

import org.jspecify.annotations.NullMarked;
