package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import java.time.Instant;

/// An order of a platform that could not be taken. It is asked for anew when it is tried again, so that nothing of its
/// shopper travels here.
///
/// @param id of this record
/// @param source the name that the shop gave to the platform
/// @param orderId the platform's; empty if it could not be read
/// @param rule what was broken, without any value
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record PlatformOrder(String id, String shopId, String source, String orderId, String rule, Instant at) {}
