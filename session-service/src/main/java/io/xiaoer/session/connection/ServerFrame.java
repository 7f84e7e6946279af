package io.xiaoer.session.connection;

import com.alibaba.fastjson2.JSON;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The frames that this node makes itself, as JSON.
final class ServerFrame {

    private ServerFrame() {}

    static String welcome(String connection, String user, Duration heartbeat, int maxFrame, String last) {
        var frame = frame("welcome");
        frame.put("connection", connection);
        frame.put("user", user);
        frame.put("heartbeat_s", heartbeat.toSeconds());
        frame.put("max_frame", maxFrame);
        frame.put("last", last);
        return JSON.toJSONString(frame);
    }

    static String ack(String id, String messageId, boolean duplicate) {
        var frame = frame("ack");
        frame.put("id", id);
        frame.put("message_id", messageId);
        frame.put("duplicate", duplicate);
        return JSON.toJSONString(frame);
    }

    static String synced(boolean recovered, String last) {
        var frame = frame("synced");
        frame.put("recovered", recovered);
        frame.put("last", last);
        return JSON.toJSONString(frame);
    }

    /// For agents, who follow more than one log.
    static String synced(String sid, boolean recovered, String last) {
        var frame = frame("synced");
        frame.put("sid", sid);
        frame.put("recovered", recovered);
        frame.put("last", last);
        return JSON.toJSONString(frame);
    }

    /// @param replyTo the question, null for an agent's own words
    static String draft(String sid, @Nullable String replyTo, Map<String, Object> content) {
        var frame = frame("draft");
        frame.put("sid", sid);
        if (replyTo != null) {
            frame.put("reply_to", replyTo);
        }
        frame.put("content", content);
        return JSON.toJSONString(frame);
    }

    static String pong(String last) {
        var frame = frame("pong");
        frame.put("last", last);
        return JSON.toJSONString(frame);
    }

    static String typing(String sid, boolean on, String from) {
        var frame = frame("typing");
        frame.put("sid", sid);
        frame.put("on", on);
        frame.put("from", from);
        return JSON.toJSONString(frame);
    }

    /// @param device which kind of device has read; null for an agent
    static String read(String sid, String upTo, String from, @Nullable String device) {
        var frame = frame("read");
        frame.put("sid", sid);
        frame.put("up_to", upTo);
        frame.put("from", from);
        if (device != null) {
            frame.put("device", device);
        }
        return JSON.toJSONString(frame);
    }

    static String error(@Nullable String id, FrameError error, @Nullable String detail) {
        return JSON.toJSONString(errorFields(id, error, detail));
    }

    /// @param retryAfter rounded up to whole seconds
    static String limited(@Nullable String id, Duration retryAfter) {
        var frame = errorFields(id, FrameError.RATE_LIMITED, null);
        frame.put("retry_after", Math.max(1, retryAfter.plusMillis(999).toSeconds()));
        return JSON.toJSONString(frame);
    }

    static String stale(String id, Instant now) {
        var frame = errorFields(id, FrameError.STALE_TIMESTAMP, null);
        frame.put("server_time", now.toEpochMilli());
        return JSON.toJSONString(frame);
    }

    static String conflict(String id, String messageId) {
        var frame = errorFields(id, FrameError.CONFLICT, null);
        frame.put("message_id", messageId);
        return JSON.toJSONString(frame);
    }

    private static Map<String, Object> errorFields(@Nullable String id, FrameError error, @Nullable String detail) {
        var frame = frame("error");
        if (id != null) {
            frame.put("id", id);
        }
        frame.put("code", error.code());
        frame.put("title", error.title());
        frame.put("retryable", error.retryable());
        if (detail != null) {
            frame.put("detail", detail);
        }
        return frame;
    }

    private static Map<String, Object> frame(String type) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", type);
        return frame;
    }
}
