package io.xiaoer.common.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// Encrypts single fields with AES-GCM. A cipher text begins with the id of its key (Tink's prefix), so
/// that values written under an older key of the keyset still read after a rotation.
public final class FieldCipher {

    private final Aead aead;

    /// @throws IllegalArgumentException if the keyset is not for authenticated encryption
    public FieldCipher(KeysetSource source) {
        try {
            this.aead = source.keyset().getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("the keyset is not one for AEAD", unusable);
        }
    }

    /// Null stays null. Two calls with the same text give different bytes.
    public byte @Nullable [] encrypt(@Nullable String text, FieldAddress address) {
        if (text == null) {
            return null;
        }
        try {
            return aead.encrypt(text.getBytes(StandardCharsets.UTF_8), address.bytes());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a field cannot be encrypted", failure);
        }
    }

    /// Null stays null.
    ///
    /// @throws UnreadableField if the bytes were not written for this address by a key of the keyset
    public @Nullable String decrypt(byte @Nullable [] cipher, FieldAddress address) {
        if (cipher == null) {
            return null;
        }
        try {
            return new String(aead.decrypt(cipher, address.bytes()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException failure) {
            throw new UnreadableField(address, failure);
        }
    }
}
