/// What a running suite manages, measured from outside by the way that its users take.
@NullMarked
package io.xiaoer.local.bench;

import org.jspecify.annotations.NullMarked;
