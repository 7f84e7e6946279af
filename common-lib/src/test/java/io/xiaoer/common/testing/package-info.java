/// Real servers for integration tests: a test says which it needs and gets them, started once for the whole JVM.
@NullMarked
package io.xiaoer.common.testing;

import org.jspecify.annotations.NullMarked;
