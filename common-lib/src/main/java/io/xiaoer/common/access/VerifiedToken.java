package io.xiaoer.common.access;

import java.time.Instant;
import java.util.Map;

/// A token that has passed every check.
///
/// @param caller who it stands for
/// @param issuer its `iss`
/// @param expiresAt its `exp`; a long connection ends then
/// @param claims all of its claims
/// @param value the token itself, to be handed on; never logged
public record VerifiedToken(Caller caller, String issuer, Instant expiresAt, Map<String, Object> claims, String value) {

    @Override
    public String toString() {
        return "VerifiedToken[" + caller + ", until " + expiresAt + "]";
    }
}
