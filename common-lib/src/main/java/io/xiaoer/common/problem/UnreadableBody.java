package io.xiaoer.common.problem;

import io.xiaoer.common.rest.BodyTooLarge;
import io.xiaoer.common.rest.XmlTree;
import java.io.CharConversionException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Says what is wrong with a body, from the exception that its reading ended with. Only words of ours and of our own
/// records' constructors get out, never the parser's.
public final class UnreadableBody {

    private UnreadableBody() {}

    /// The problem that answers a body whose reading ended with this.
    public static ProblemException explain(@Nullable Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            switch (at) {
                case BodyTooLarge large -> {
                    return new ProblemException(ProblemCode.TOO_LARGE, String.valueOf(large.getMessage()));
                }
                case ProblemException problem -> {
                    return problem;
                }
                case XmlTree.MalformedXml xml -> {
                    return new ProblemException(ProblemCode.MALFORMED, "The XML body: " + xml.getMessage());
                }
                case InputCoercionException number -> {
                    return invalid(path(number), "does not have the right form");
                }
                case StreamReadException json -> {
                    return unreadable(json);
                }
                case DatabindException value -> {
                    return invalid(value);
                }
                case CharConversionException ignored -> {
                    return new ProblemException(ProblemCode.MALFORMED, "The body is not in the charset it declares");
                }
                default -> {}
            }
        }
        return failure == null
                ? new ProblemException(ProblemCode.MALFORMED, "The body is missing")
                : new ProblemException(ProblemCode.MALFORMED, "The body cannot be read");
    }

    private static ProblemException unreadable(StreamReadException json) {
        var at = json.getLocation();
        var place =
                at == null || at.getLineNr() < 0 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new ProblemException(ProblemCode.MALFORMED, "The body is not well-formed" + place);
    }

    private static ProblemException invalid(DatabindException value) {
        if (value.getCause() instanceof StreamReadException json && !(json instanceof InputCoercionException)) {
            return unreadable(json);
        }
        if (value.getCause() instanceof BodyTooLarge || value.getCause() instanceof ProblemException) {
            return explain(value.getCause());
        }
        var field = path(value);
        var reason = reason(value);
        if (field.isEmpty()) {
            var fieldOfMessage = missingCreatorProperty(value);
            if (fieldOfMessage != null) {
                return ProblemException.invalid(fieldOfMessage, "is required");
            }
        }
        return invalid(field, reason);
    }

    private static ProblemException invalid(String field, String reason) {
        return field.isEmpty()
                ? new ProblemException(ProblemCode.INVALID_REQUEST, "The body " + reason)
                : new ProblemException(ProblemCode.INVALID_REQUEST, field + ": " + reason).field(field, reason);
    }

    private static String reason(DatabindException value) {
        if (value instanceof ValueInstantiationException) {
            return value.getCause() instanceof IllegalArgumentException rule ? rule(rule) : "is not valid";
        }
        if (value instanceof InvalidNullException || missingCreatorProperty(value) != null) {
            return "is required";
        }
        if (value instanceof InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum()) {
            return "must be one of " + constants(format.getTargetType());
        }
        return "does not have the right form";
    }

    private static String rule(IllegalArgumentException broken) {
        return broken instanceof NumberFormatException || broken.getMessage() == null
                ? "is not valid"
                : broken.getMessage();
    }

    /// The name in Jackson's "Missing required creator property 'x'", which carries it nowhere else.
    private static @Nullable String missingCreatorProperty(DatabindException value) {
        var message = value.getOriginalMessage();
        var marker = "required creator property '";
        var start = message == null ? -1 : message.indexOf(marker);
        if (message == null || start < 0) {
            return null;
        }
        var from = start + marker.length();
        var end = message.indexOf('\'', from);
        return end < 0 ? null : message.substring(from, end);
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String path(JacksonException failure) {
        var path = new StringBuilder();
        for (var step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
