package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A merchant's command on its way to be applied.
///
/// @param id of the command, the key of the record
/// @param kind `coupon` for example
/// @param userId the shopper it concerns
/// @param arguments what the merchant gave
/// @param requestedBy the client that asked
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record CommerceCommand(
        String id,
        String shopId,
        String kind,
        @Nullable String userId,
        Map<String, Object> arguments,
        String requestedBy,
        Instant at) {}
