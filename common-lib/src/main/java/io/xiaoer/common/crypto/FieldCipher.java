package io.xiaoer.common.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// Encrypts single fields with AES-GCM. A cipher text begins with the id of its key (Tink's prefix), so
/// that values written under an older key of the keyset still read after a rotation.
public final class FieldCipher {

    private static final int KEY_NAME_BYTES = 5;

    private final KeysetSource source;
    private volatile @Nullable Current current;

    /// The primitive of a keyset, made once for each.
    private record Current(KeysetHandle keyset, Aead aead) {}

    public FieldCipher(KeysetSource source) {
        this.source = source;
    }

    /// Null stays null. Two calls with the same text give different bytes.
    ///
    /// @throws KeysUnavailable if there is no keyset at the moment
    public byte @Nullable [] encrypt(@Nullable String text, FieldAddress address) {
        if (text == null) {
            return null;
        }
        try {
            return aead().encrypt(text.getBytes(StandardCharsets.UTF_8), address.bytes());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a field cannot be encrypted", failure);
        }
    }

    /// Null stays null.
    ///
    /// @throws UnreadableField if the bytes were not written for this address by a key of the keyset
    /// @throws KeysUnavailable if there is no keyset at the moment
    public @Nullable String decrypt(byte @Nullable [] cipher, FieldAddress address) {
        if (cipher == null) {
            return null;
        }
        try {
            return new String(aead().decrypt(cipher, address.bytes()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException failure) {
            throw new UnreadableField(address, failure);
        }
    }

    /// The first bytes of whatever is encrypted now; others are under an older key.
    ///
    /// @throws KeysUnavailable if there is no keyset at the moment
    public byte[] keyName() {
        return keyName(source.keyset().getPrimary().getId());
    }

    /// The first bytes of whatever was encrypted under the key of this id.
    public static byte[] keyName(int id) {
        return ByteBuffer.allocate(KEY_NAME_BYTES).put((byte) 1).putInt(id).array();
    }

    private Aead aead() {
        var keyset = source.keyset();
        var known = current;
        if (known == null || known.keyset() != keyset) {
            try {
                known = new Current(keyset, keyset.getPrimitive(RegistryConfiguration.get(), Aead.class));
            } catch (GeneralSecurityException unusable) {
                throw new IllegalArgumentException("the keyset is not one for AEAD", unusable);
            }
            current = known;
        }
        return known.aead();
    }
}
