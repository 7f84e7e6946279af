package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import java.time.Instant;

/// A session was created, changed hands or was closed.
///
/// @param user the tag of the shopper
/// @param owner `bot`, `queue`, `agent` or `closed`
/// @param number the ownership number after the change
/// @param what `created`, `handed_off`, `closed`, `rated`
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record SessionChanged(String user, String sessionId, String owner, long number, String what, Instant at) {}
