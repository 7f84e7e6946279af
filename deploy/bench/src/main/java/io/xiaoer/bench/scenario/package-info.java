/// What is measured, one class for each scenario: it brings the load, and says by its figures alone what came of it.
@NullMarked
package io.xiaoer.bench.scenario;

import org.jspecify.annotations.NullMarked;
