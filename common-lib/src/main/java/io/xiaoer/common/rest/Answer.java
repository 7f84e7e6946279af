package io.xiaoer.common.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of a success. `meta.request_id` is put in when it is written.
///
/// @param data a resource or a list of them
/// @param included further resources that belong to the answer
/// @param meta what is said about the answer
/// @param <T> the type of the data
public record Answer<T>(T data, @Nullable List<?> included, Map<String, Object> meta) {

    /// An answer with this data alone.
    public static <T> Answer<T> of(T data) {
        return new Answer<>(data, null, Map.of());
    }

    /// This answer with further resources.
    public Answer<T> including(List<?> resources) {
        return new Answer<>(data, resources, meta);
    }

    /// This answer with one more entry in `meta`.
    public Answer<T> meta(String key, Object value) {
        var more = new LinkedHashMap<>(meta);
        more.put(key, value);
        return new Answer<>(data, included, more);
    }
}
