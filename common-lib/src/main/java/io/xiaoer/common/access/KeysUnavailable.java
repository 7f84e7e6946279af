package io.xiaoer.common.access;

import org.jspecify.annotations.Nullable;

/// The keys of an issuer have never been had and cannot be had now: the token may be valid, so the answer is 503.
public final class KeysUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeysUnavailable(String issuer, @Nullable Throwable cause) {
        super("The keys of " + issuer + " cannot be had at the moment", cause);
    }
}
