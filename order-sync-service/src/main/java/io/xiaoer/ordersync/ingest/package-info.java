/// How merchants tell their orders and read them back: one by one, or ten thousand in a stream. Whatever is
/// told arrives as a whole or not at all, and a version older than the stored one changes nothing, so that
/// senders may repeat themselves and overtake each other.
@NullMarked
package io.xiaoer.ordersync.ingest;

import org.jspecify.annotations.NullMarked;
