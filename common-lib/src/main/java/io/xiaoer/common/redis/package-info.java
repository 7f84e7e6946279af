/// Redis as the suite uses it: names of keys and channels, and scripts that run by their digest,
/// over a connection that is bounded and watched.
@NullMarked
package io.xiaoer.common.redis;

import org.jspecify.annotations.NullMarked;
