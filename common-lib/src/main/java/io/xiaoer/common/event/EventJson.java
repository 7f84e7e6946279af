package io.xiaoer.common.event;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONReader.Feature;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The JSON of events: typed records alone, snake case, unknown fields ignored.
public final class EventJson {

    private EventJson() {}

    /// Writes a record of this package or of a service's own.
    public static byte[] encode(Object event) {
        return JSON.toJSONBytes(event);
    }

    /// Reads a record. What its type does not mark [Nullable] is there.
    ///
    /// The codec takes a number, a truth value and the text of a list for a text, and finds a component
    /// by a digest of its name: who decides by what a record says, before it is read, uses [#asRead].
    ///
    /// @throws Unreadable if the bytes are not such a record; trying again will not help
    public static <T> T decode(byte @Nullable [] bytes, Class<T> type) {
        if (bytes == null) {
            throw new Unreadable("an empty record", null);
        }
        try {
            return whole(Objects.requireNonNull(
                    JSON.parseObject(
                            bytes,
                            type,
                            Feature.ErrorOnNoneSerializable,
                            Feature.DisableReferenceDetect,
                            Feature.DisableStringArrayUnwrapping),
                    "an empty record"));
        } catch (Unreadable incomplete) {
            throw incomplete;
        } catch (
                RuntimeException
                        e) { // the parser runs past the end of what is cut off, and values have their own rules
            throw new Unreadable("not a readable " + type.getSimpleName(), e);
        }
    }

    /// What [#decode] makes of a record and nothing else of it: each component under its own name, once,
    /// and texts as texts.
    ///
    /// @throws Unreadable likewise
    public static byte[] asRead(byte @Nullable [] bytes, Class<?> type) {
        return encode(decode(bytes, type));
    }

    private static <T> T whole(T event) {
        var missing = event instanceof Record read ? Components.missing(read) : null;
        if (missing != null) {
            throw new Unreadable("a " + event.getClass().getSimpleName() + " without " + missing, null);
        }
        return event;
    }

    /// A record that cannot be read, now or later. The message holds nothing of the record.
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
