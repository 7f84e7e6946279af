package io.xiaoer.ordersync.command;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A command as it is stored.
///
/// @param arguments what the merchant gave and may be kept in clear, as JSON
/// @param outcome the event that told how it ended, as JSON and without what its shopper was told, so that it can be
///     told again
public record Command(
        ShopId shopId,
        String id,
        String kind,
        @Nullable String userId,
        String arguments,
        String requestedBy,
        CommandStatus status,
        @Nullable String reason,
        @Nullable String outcome,
        Instant createdAt,
        Instant updatedAt) {}
