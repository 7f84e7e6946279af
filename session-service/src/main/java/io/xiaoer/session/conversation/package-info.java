/// Sessions and the road of a message: a shopper's word is acknowledged once Kafka, or the outbox in its place, has it,
/// stands in the log once however often it is sent, and is told to the bot while the bot owns the session. A shopper
/// has at most one open session in a shop. What a session is changes in its row first, then upward in Redis.
@NullMarked
package io.xiaoer.session.conversation;

import org.jspecify.annotations.NullMarked;
