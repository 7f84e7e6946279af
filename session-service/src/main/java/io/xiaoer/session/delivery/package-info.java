/// Delivery of what stands in a log to the connections of this node. A node subscribes to its own channel and keeps a
/// registry of user → connections and watchers. A push is a hint: one whose `prev` a receiver has not had makes the
/// node read the gap first, so that every receiver gets ascending ids, each once. What a lost push left out is healed
/// by the next push, by `pong.last` and by `sync`.
@NullMarked
package io.xiaoer.session.delivery;

import org.jspecify.annotations.NullMarked;
