package io.xiaoer.common.access;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A token that has passed every check.
///
/// @param caller who it stands for
/// @param issuer its `iss`
/// @param expiresAt its `exp`; a long connection ends then
/// @param claims all of its claims
/// @param value the token itself, to be handed on; never logged
public record VerifiedToken(Caller caller, String issuer, Instant expiresAt, Map<String, Object> claims, String value) {

    private static final int LONGEST_NAME = 64;

    /// What shoppers are shown of who the token stands for, cut to 64 characters; null if it does not say.
    public @Nullable String name() {
        if (!(claims.get("name") instanceof String name) || name.isBlank()) {
            return null;
        }
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }

    @Override
    public String toString() {
        return "VerifiedToken[" + caller + ", until " + expiresAt + "]";
    }
}
