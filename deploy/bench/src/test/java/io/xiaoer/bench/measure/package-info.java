/// What the figures are made of, and what is told of them.
@NullMarked
package io.xiaoer.bench.measure;

import org.jspecify.annotations.NullMarked;
