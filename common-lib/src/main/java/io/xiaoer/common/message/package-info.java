/// What is said in a conversation: messages, who says them, what they carry, and their one JSON form, which REST,
/// frames, Redis, Kafka and the archive share. Nothing here talks to a server.
@NullMarked
package io.xiaoer.common.message;

import org.jspecify.annotations.NullMarked;
