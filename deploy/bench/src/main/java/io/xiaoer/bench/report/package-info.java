/// How results are told: lines on the terminal, a JSON file, and a page of HTML that needs nothing else.
@NullMarked
package io.xiaoer.bench.report;

import org.jspecify.annotations.NullMarked;
