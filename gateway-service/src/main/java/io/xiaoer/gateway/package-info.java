/// The one public door: checks tokens, limits, origins and handshakes, and hands every call to the service that owns
/// its address. It keeps no state of its own; what it knows of shops it reads from `shop.settings`.
@NullMarked
package io.xiaoer.gateway;

import org.jspecify.annotations.NullMarked;
