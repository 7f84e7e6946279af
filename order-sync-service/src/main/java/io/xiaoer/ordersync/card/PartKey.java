package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.UserKey;
import org.jspecify.annotations.Nullable;

/// What an answer wants of a source.
///
/// @param shopper among whose parts it is kept: who was named by the question; null if nobody was, then it is read from
///     the source
/// @param id      by which the source knows it
record PartKey(@Nullable UserKey shopper, String id) {}
