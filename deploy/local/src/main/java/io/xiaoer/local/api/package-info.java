/// Speaks to the running suite as any client would: over its public address, with tokens from its identity server.
@NullMarked
package io.xiaoer.local.api;

import org.jspecify.annotations.NullMarked;
