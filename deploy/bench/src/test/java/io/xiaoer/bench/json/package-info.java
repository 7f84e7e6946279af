/// What is measured is the same work for both libraries.
@NullMarked
package io.xiaoer.bench.json;

import org.jspecify.annotations.NullMarked;
