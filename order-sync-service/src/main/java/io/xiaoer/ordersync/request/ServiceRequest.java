package io.xiaoer.ordersync.request;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `service_request`.
///
/// @param id of the command that made it
/// @param title of an invoice
/// @param taxNo of an invoice
/// @param note in the shopper's words
/// @param answer of the merchant, once it has ended
record ServiceRequest(
        ShopId shopId,
        String id,
        RequestKind kind,
        RequestStatus status,
        String orderId,
        String userId,
        @Nullable String title,
        @Nullable String taxNo,
        @Nullable String note,
        @Nullable String answer,
        Instant createdAt,
        Instant updatedAt) {}
