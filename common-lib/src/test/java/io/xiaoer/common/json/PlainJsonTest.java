package io.xiaoer.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSONException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What others wrote becomes what stands there, and no tree contains itself.
class PlainJsonTest {

    record Free(String name, @Nullable Map<String, Object> values) {}

    @ParameterizedTest
    @ValueSource(strings = {"..", "$", "$.name", "@"})
    void aReferenceIsAnObjectLikeAnyOther(String to) {
        var reference = Map.of("$ref", to);
        var text = "{\"name\":\"a\",\"values\":{\"x\":{\"$ref\":\"%s\"},\"y\":[{\"$ref\":\"%s\"}]}}".formatted(to, to);
        var values = Map.of("x", reference, "y", List.of(reference));

        assertThat(PlainJson.object(text)).isEqualTo(Map.of("name", "a", "values", values));
        assertThat(PlainJson.tree(text)).isEqualTo(Map.of("name", "a", "values", values));
        assertThat(PlainJson.tree(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Map.of("name", "a", "values", values));
        assertThat(PlainJson.record(text, Free.class)).isEqualTo(new Free("a", Map.copyOf(values)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "1", "\"{}\"", "{", "{}{}", "{} x", "{a:1}", "{\"a\":", "{\"a\":\"\\u12"})
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> PlainJson.object(text)).isInstanceOf(JSONException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[1", "\"\\u12"})
    void whatIsCutOffIsNoJson(String text) {
        assertThatThrownBy(() -> PlainJson.tree(text)).isInstanceOf(JSONException.class);
        assertThatThrownBy(() -> PlainJson.tree(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JSONException.class);
    }

    @Test
    void aTreeMayBeAnything() {
        assertThat(PlainJson.tree("[1,\"a\",true,null]")).asString().isEqualTo("[1,\"a\",true,null]");
        assertThat(PlainJson.tree("null")).isNull();
    }
}
