package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something happened to an order, a coupon or a command.
///
/// @param id of the event; what it says to the shopper is stored once under `e:<id>`
/// @param type `command.applied`, `command.failed`, `service_request.ended`
/// @param userId the shopper it concerns
/// @param commandId the command that caused it
/// @param body its details; `content`, if present, is what the shopper's devices are told
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record CommerceEvent(
        String id,
        String shopId,
        String type,
        @Nullable String userId,
        @Nullable String commandId,
        Instant at,
        Map<String, Object> body) {}
