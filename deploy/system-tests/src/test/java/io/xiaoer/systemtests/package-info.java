/// The whole suite, started by its own script with data of its own, seen from outside: over the gateway, by the public
/// contract alone. Data and questions are made at random in each run, so that no answer can be built in.
@NullMarked
package io.xiaoer.systemtests;

import org.jspecify.annotations.NullMarked;
