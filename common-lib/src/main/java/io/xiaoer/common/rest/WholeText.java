package io.xiaoer.common.rest;

import io.xiaoer.common.json.HalfCharacters;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/// Reads texts, and refuses one that holds half of a surrogate pair: no encoding can carry it, so it would be stored as
/// something else than was sent.
final class WholeText extends StringDeserializer {

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        var text = super.deserialize(parser, context);
        if (text != null && HalfCharacters.in(text)) {
            return (String) context.handleInstantiationProblem(
                    String.class, text, new IllegalArgumentException("must be whole Unicode characters"));
        }
        return text;
    }
}
