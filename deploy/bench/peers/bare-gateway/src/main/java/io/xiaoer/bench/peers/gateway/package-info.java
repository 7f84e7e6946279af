/// A Spring Cloud Gateway that passes everything on to one service and does nothing else.
@NullMarked
package io.xiaoer.bench.peers.gateway;

import org.jspecify.annotations.NullMarked;
