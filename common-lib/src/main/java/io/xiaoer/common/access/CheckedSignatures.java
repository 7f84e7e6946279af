package io.xiaoer.common.access;

import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Remembers which tokens' signatures were found valid, and with which key, since that check is most of what a call's
/// token costs. It says nothing of a token but that: whether the key still counts, and all else, is looked at each
/// time.
///
/// Tokens are known by their SHA-256, so that none is kept. The places are [#PLACES]: a token takes the one that its
/// digest names from whichever had it, and only a token with a valid signature takes any.
final class CheckedSignatures {

    static final int PLACES = 1 << 16;

    private final AtomicReferenceArray<Checked> places = new AtomicReferenceArray<>(PLACES);

    /// @param digest of the token
    /// @param key that its signature was made with
    private record Checked(byte[] digest, JWK key) {}

    /// Whether the token's signature was found valid with one of these keys.
    boolean hold(byte[] digest, Collection<JWK> keys) {
        var checked = places.get(place(digest));
        return checked != null && Arrays.equals(checked.digest, digest) && keys.contains(checked.key);
    }

    /// The token's signature is valid with this key.
    void add(byte[] digest, JWK key) {
        places.set(place(digest), new Checked(digest, key));
    }

    static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int place(byte[] digest) {
        return (digest[0] & 0xff) << Byte.SIZE | digest[1] & 0xff;
    }
}
