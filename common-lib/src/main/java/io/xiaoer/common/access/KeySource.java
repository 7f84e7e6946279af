package io.xiaoer.common.access;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The public keys of one issuer.
public interface KeySource {

    /// Whether [#keys] would answer from memory.
    boolean has(@Nullable String keyId);

    /// The keys with this id, or all if the token names none; empty if there is none. May wait for the issuer, within
    /// bounds.
    ///
    /// @throws KeysUnavailable if no keys have ever been had and the issuer does not answer
    List<JWK> keys(@Nullable String keyId);
}
