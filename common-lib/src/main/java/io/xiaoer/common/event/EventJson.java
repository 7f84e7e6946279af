package io.xiaoer.common.event;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONReader;
import org.jspecify.annotations.Nullable;

/// The JSON of events: typed records alone, snake case, unknown fields ignored.
public final class EventJson {

    private EventJson() {}

    /// Writes a record of this package or of a service's own.
    public static byte[] encode(Object event) {
        return JSON.toJSONBytes(event);
    }

    /// Reads a record.
    ///
    /// @throws Unreadable if the bytes are not such a record; trying again will not help
    public static <T> T decode(byte @Nullable [] bytes, Class<T> type) {
        try {
            T event = bytes == null ? null : JSON.parseObject(bytes, type, JSONReader.Feature.ErrorOnNoneSerializable);
            if (event == null) {
                throw new Unreadable("an empty record", null);
            }
            return event;
        } catch (JSONException | IllegalArgumentException | NullPointerException e) {
            throw new Unreadable("not a readable " + type.getSimpleName(), e);
        }
    }

    /// A record that cannot be read, now or later.
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
