/// Which processes make up the suite on one machine, and what each finds in its environment.
@NullMarked
package io.xiaoer.local.suite;

import org.jspecify.annotations.NullMarked;
