package io.xiaoer.common.crypto;

import org.jspecify.annotations.Nullable;

/// There is no keyset at the moment: the key service is away, sealed or refuses. Later it may be there.
public class KeysUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param reason for operators: no key, no token, no text of the service
    public KeysUnavailable(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
