package io.xiaoer.common.json;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONFactory;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONReader.Context;
import com.alibaba.fastjson2.JSONReader.Feature;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads JSON whose words are not ours: `{"$ref": "…"}` is an object with a name like any other.
///
/// The parser takes it for another part of the same text unless it is told not to. Whoever may send a free form could
/// so send a tree that contains itself, on which every walk ends in a stack overflow.
public final class PlainJson {

    private PlainJson() {}

    /// The tree of a text that is one object.
    ///
    /// @throws JSONException if it is none
    public static JSONObject object(String text) {
        var object = text.stripLeading().startsWith("{") ? read(() -> JSON.parseObject(text, context())) : null;
        if (object == null) {
            throw new JSONException("not an object");
        }
        return object;
    }

    /// The tree of a text: maps, lists, texts, numbers, booleans and null.
    ///
    /// @throws JSONException if it is no JSON
    public static @Nullable Object tree(String text) {
        return read(() -> JSON.parse(text, context()));
    }

    /// The tree of a text in UTF-8.
    ///
    /// @throws JSONException if it is no JSON
    public static @Nullable Object tree(byte[] text) {
        return read(() -> JSON.parse(text, context()));
    }

    /// A record that has room for a free form.
    ///
    /// @throws JSONException if it is no JSON, or of another form
    public static <T> @Nullable T record(String text, Class<T> type) {
        return read(() -> JSON.parseObject(text, type, context()));
    }

    private static Context context() {
        return JSONFactory.createReadContext(Feature.DisableReferenceDetect, Feature.DisableSingleQuote);
    }

    /// The parser runs past the end of what is cut off, and has other exceptions for numbers that are none.
    private static <T> @Nullable T read(Supplier<@Nullable T> parse) {
        try {
            return parse.get();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new JSONException("not JSON", e);
        }
    }
}
