package io.xiaoer.common.rest;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The header `Idempotency-Key`, quoted (a structured-field string) or bare; both forms of one key are the same key.
public record IdempotencyKey(String value) {
    private static final int MAX = 255;
    private static final String RULE = "must have 1 to 255 printable ASCII characters, quoted or bare";

    /// @throws ProblemException if it is missing or not such a key
    public static IdempotencyKey parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_MISSING, "A command needs the header Idempotency-Key");
        }
        var trimmed = header.strip();
        var value = trimmed.startsWith("\"") ? unquoted(trimmed) : trimmed;
        if (value.isEmpty() || value.length() > MAX || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw refused();
        }
        return new IdempotencyKey(value);
    }

    private static String unquoted(String quoted) {
        var value = new StringBuilder();
        for (int at = 1; at < quoted.length(); at++) {
            char c = quoted.charAt(at);
            if (c == '"') {
                if (at != quoted.length() - 1) {
                    throw refused();
                }
                return value.toString();
            }
            if (c == '\\') {
                at++;
                if (at == quoted.length() || (quoted.charAt(at) != '"' && quoted.charAt(at) != '\\')) {
                    throw refused();
                }
                c = quoted.charAt(at);
            }
            value.append(c);
        }
        throw refused();
    }

    private static ProblemException refused() {
        return ProblemException.invalid("Idempotency-Key", RULE);
    }
}
