/// The contenders that a scenario brings along: their servers, started on free ports of this machine for the length of
/// the scenario, and how connections to them speak.
@NullMarked
package io.xiaoer.bench.peer;

import org.jspecify.annotations.NullMarked;
