/// A chat on two nodes as textbooks draw one: `@ServerEndpoint` on Tomcat with a bounded pool of
/// threads, a trimmed list in Redis for each conversation, and Redis' publish and subscribe between the
/// nodes. It promises what such a chat promises: what is acknowledged is in Redis, and whoever is
/// connected is shown it.
@NullMarked
package io.xiaoer.bench.peers.blueprint;

import org.jspecify.annotations.NullMarked;
