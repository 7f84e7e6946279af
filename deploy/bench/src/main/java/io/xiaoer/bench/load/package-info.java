/// The shoppers' connections and words: thousands of WebSockets over a few threads, and questions out of the demo
/// shop's own data.
@NullMarked
package io.xiaoer.bench.load;

import org.jspecify.annotations.NullMarked;
