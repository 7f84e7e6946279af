package io.xiaoer.ordersync.source;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `order_source`; secrets as they are stored, encrypted.
@SuppressWarnings("ArrayRecordComponent") // carried between mapper and store, never compared
record SourceRow(
        ShopId shopId,
        String name,
        String eventsId,
        PlatformKind platform,
        @Nullable String address,
        byte[] secret,
        byte @Nullable [] previousSecret,
        @Nullable Instant previousUntil,
        byte @Nullable [] accessToken,
        @Nullable Instant toldUntil,
        @Nullable Instant nextPollAt,
        @Nullable Instant succeededAt,
        int failures,
        @Nullable String failure,
        Instant createdAt,
        Instant updatedAt) {}
