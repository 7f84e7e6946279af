/// What a round cost and how long its answers took: processor time and memory of processes, latencies, the generator's
/// own lateness, and comparisons of rounds.
@NullMarked
package io.xiaoer.bench.measure;

import org.jspecify.annotations.NullMarked;
