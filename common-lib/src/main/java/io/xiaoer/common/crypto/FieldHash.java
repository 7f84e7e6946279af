package io.xiaoer.common.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// HMAC-SHA-256 of a field under a secret key: equal values of one purpose give equal hashes, and without
/// the key a list of all phone numbers cannot be tried against them.
public final class FieldHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final SecretKeySpec previous;

    /// @throws IllegalArgumentException if the key is not base64 of 32 bytes; the message does not repeat it
    public FieldHash(String base64Key) {
        this(base64Key, "");
    }

    /// @param previous the key before, as long as there are hashes under it; empty if there are none
    /// @throws IllegalArgumentException if a key is not base64 of 32 bytes; the message does not repeat it
    public FieldHash(String base64Key, String previous) {
        this.key = new SecretKeySpec(decoded("FIELD_HASH_KEY", base64Key), ALGORITHM);
        this.previous =
                previous.isBlank() ? key : new SecretKeySpec(decoded("FIELD_HASH_KEY_PREVIOUS", previous), ALGORITHM);
    }

    /// 32 bytes, or null for null.
    ///
    /// @param purpose separates fields from each other and shops from shops, as in `1001:phone`
    public byte @Nullable [] of(String purpose, @Nullable String value) {
        return hash(key, purpose, value);
    }

    /// The hash under the key before, by which a row is found whose hash was not made anew yet; the same as [#of] if
    /// there is no such key.
    public byte @Nullable [] ofPrevious(String purpose, @Nullable String value) {
        return hash(previous, purpose, value);
    }

    private static byte @Nullable [] hash(SecretKeySpec key, String purpose, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this runtime has no HMAC-SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "FieldHash[redacted]";
    }

    @SuppressWarnings("UnusedException")
    private static byte[] decoded(String name, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException unreadable) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(name + " must be base64 of 32 bytes");
        }
        return bytes;
    }
}
