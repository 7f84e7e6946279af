package io.xiaoer.common.masking;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/// Masks every value of a structured log line but our own ids. Found by Spring Boot through `spring.factories`.
public final class MaskedJsonMembers implements StructuredLoggingJsonMembersCustomizer<Object> {

    @Override
    public void customize(JsonWriter.Members<Object> members) {
        members.applyingValueProcessor((path, value) -> mask(path, value));
    }

    private static @Nullable Object mask(JsonWriter.MemberPath path, @Nullable Object value) {
        if (path.name() != null && LogMask.isIdName(path.name())) {
            return value;
        }
        return switch (value) {
            case CharSequence text -> LogMask.mask(text.toString());
            case Long number -> maskNumber(number);
            case null, default -> value;
        };
    }

    private static Object maskNumber(Long number) {
        var text = number.toString();
        var masked = LogMask.mask(text);
        return masked.equals(text) ? number : masked;
    }
}
