package io.xiaoer.common.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/// Reads moments as RFC 3339 writes them, with any offset, and nothing else: a number may be seconds or milliseconds,
/// and
/// whichever is guessed is wrong for somebody.
final class Moments extends StdScalarDeserializer<Instant> {

    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}[Tt](?:[01]\\d|2[0-3]):\\d{2}:\\d{2}" + "(?:\\.\\d{1,9})?(?:[Zz]|[+-]\\d{2}:\\d{2})");
    private static final String RULE = "must be a time of RFC 3339, such as 2026-11-01T00:00:00+08:00";

    Moments() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
        var text = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString().strip() : null;
        if (text != null && text.isEmpty()) {
            return null; // an empty element of XML
        }
        if (text != null && RFC_3339.matcher(text).matches()) {
            try {
                return Instant.parse(text.toUpperCase(Locale.ROOT));
            } catch (DateTimeException noSuchDay) {
                return refused(text, context);
            }
        }
        parser.skipChildren();
        return refused(text, context);
    }

    private static Instant refused(@Nullable String text, DeserializationContext context) {
        return (Instant) context.handleInstantiationProblem(
                Instant.class, String.valueOf(text), new IllegalArgumentException(RULE));
    }
}
