package io.xiaoer.ordersync.request;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `service_request`.
///
/// @param id of the command that made it
/// @param words what was written into it, encrypted
/// @param answer of the merchant, once it has ended
@SuppressWarnings("ArrayRecordComponent") // carried to the mapper, never compared
record ServiceRequest(
        ShopId shopId,
        String id,
        RequestKind kind,
        RequestStatus status,
        String orderId,
        String userId,
        byte @Nullable [] words,
        @Nullable String answer,
        Instant createdAt,
        Instant updatedAt) {}
