package io.xiaoer.common.rest;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/// Reads [Moments] from bodies, and nothing else: a number may be seconds or milliseconds, and whichever
/// is guessed is wrong for somebody.
final class MomentsOfBodies extends StdScalarDeserializer<Instant> {

    MomentsOfBodies() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
        var text = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString().strip() : null;
        if (text != null && text.isEmpty()) {
            return null; // an empty element of XML
        }
        if (text == null) {
            parser.skipChildren();
            return refused(null, context);
        }
        try {
            return Moments.of(text);
        } catch (DateTimeException malformed) {
            return refused(text, context);
        }
    }

    private static Instant refused(@Nullable String text, DeserializationContext context) {
        return (Instant) context.handleInstantiationProblem(
                Instant.class, String.valueOf(text), new IllegalArgumentException(Moments.RULE));
    }
}
