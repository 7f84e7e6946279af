package io.xiaoer.session.connection;

import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.json.PlainJson;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.InvalidContent;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client may say, with its form checked.
sealed interface ClientFrame {

    /// @param id the client's own, nonce and idempotency key
    /// @param ts milliseconds, the time of this transmission
    /// @param number the ownership number that an agent wrote it under, if told
    record Send(
            String id,
            long ts,
            String sid,
            Content content,
            @Nullable Long number) implements ClientFrame {}

    /// @param after the newest id that the client has, `0` for none
    /// @param sid whose log, for agents
    record Sync(String after, @Nullable String sid) implements ClientFrame {}

    record Typing(String sid, boolean on) implements ClientFrame {}

    record Read(String sid, String upTo) implements ClientFrame {}

    /// @param token a secret
    record Auth(String token) implements ClientFrame {
        @Override
        public String toString() {
            return "Auth[token=***]";
        }
    }

    record Ping() implements ClientFrame {}

    /// The form of a client's own id.
    Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /// The deepest nesting of a frame.
    int MAX_DEPTH = 32;

    /// Reads a frame.
    ///
    /// @param agent whether an agent sent it, who may send more kinds of content
    static ClientFrame parse(String text, boolean agent) throws BadFrame {
        JSONObject json = object(text);
        String id = json.get("id") instanceof String given && ID.matcher(given).matches() ? given : null;
        if (!(json.get("type") instanceof String type)) {
            throw new BadFrame(FrameError.INVALID_FRAME, id, "type must be a string");
        }
        var fields = new Fields(json, id);
        return switch (type) {
            case "send" -> send(fields, agent);
            case "sync" -> new Sync(fields.messageId("after"), fields.optional("sid"));
            case "typing" -> new Typing(fields.messageId("sid"), fields.flag("on"));
            case "read" -> new Read(fields.messageId("sid"), fields.messageId("up_to"));
            case "auth" -> new Auth(fields.string("token"));
            case "ping" -> new Ping();
            default -> throw new BadFrame(FrameError.UNKNOWN_TYPE, id, null);
        };
    }

    private static Send send(Fields fields, boolean agent) throws BadFrame {
        String id = fields.id();
        if (id == null) {
            throw fields.invalid("id must be 1 to 64 of A-Za-z0-9_-");
        }
        long ts = fields.number("ts");
        String sid = fields.string("sid");
        try {
            Long number = agent && fields.json().get("number") != null ? fields.number("number") : null;
            return new Send(id, ts, sid, Content.parseSent(fields.object("content"), agent), number);
        } catch (InvalidContent e) {
            var error = switch (e.reason()) {
                case TOO_LONG -> FrameError.TOO_LONG;
                case INVALID -> FrameError.INVALID_FRAME;
            };
            throw new BadFrame(error, id, "content." + e.field() + ' ' + e.getMessage());
        }
    }

    private static JSONObject object(String text) throws BadFrame {
        if (tooDeep(text)) {
            throw new BadFrame(FrameError.INVALID_FRAME, null, "nested too deeply");
        }
        try {
            JSONObject json = PlainJson.object(text);
            if (isNamed(json)) {
                return json;
            }
        } catch (JSONException e) {
            // Told below: the parser's own words would quote what the client said.
        }
        throw new BadFrame(FrameError.INVALID_FRAME, null, "must be one JSON object");
    }

    /// Whether all names are strings: the parser takes a bare number for a name too, and keeps it as one.
    private static boolean isNamed(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.keySet().stream().allMatch(String.class::isInstance)
                        && map.values().stream().allMatch(ClientFrame::isNamed);
            case List<?> list -> list.stream().allMatch(ClientFrame::isNamed);
            case null, default -> true;
        };
    }

    /// Counts brackets outside of strings, so that nothing deep ever reaches the parser.
    private static boolean tooDeep(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
                if (depth > MAX_DEPTH) {
                    return true;
                }
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return false;
    }

    /// Takes typed fields out of a frame.
    record Fields(JSONObject json, @Nullable String id) {

        String string(String name) throws BadFrame {
            if (json.get(name) instanceof String value && !value.isEmpty()) {
                return value;
            }
            throw invalid(name + " must be a string");
        }

        @Nullable
        String optional(String name) throws BadFrame {
            return json.get(name) == null ? null : string(name);
        }

        String messageId(String name) throws BadFrame {
            String value = string(name);
            if (!SnowflakeIds.isId(value)) {
                throw invalid(name + " must be an id in decimals");
            }
            return value;
        }

        long number(String name) throws BadFrame {
            return switch (json.get(name)) {
                case Integer value -> value;
                case Long value -> value;
                case null, default -> throw invalid(name + " must be a whole number");
            };
        }

        boolean flag(String name) throws BadFrame {
            if (json.get(name) instanceof Boolean value) {
                return value;
            }
            throw invalid(name + " must be true or false");
        }

        JSONObject object(String name) throws BadFrame {
            if (json.get(name) instanceof JSONObject value) {
                return value;
            }
            throw invalid(name + " must be an object");
        }

        BadFrame invalid(String reason) {
            return new BadFrame(FrameError.INVALID_FRAME, id, reason);
        }
    }
}
