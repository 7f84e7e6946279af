/// Tests of what scenarios make of their rounds.
@NullMarked
package io.xiaoer.bench.scenario;

import org.jspecify.annotations.NullMarked;
