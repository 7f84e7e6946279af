/// Which service owns an address, which instance of it is asked, and for how long.
///
/// Instances that do not answer are left out by a check every 2 s; a call whose connection fails goes to the next one.
/// A WebSocket is opened to the service first and to the client only then, so that a client is never upgraded into
/// nothing.
@NullMarked
package io.xiaoer.gateway.route;

import org.jspecify.annotations.NullMarked;
