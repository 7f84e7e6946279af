package io.xiaoer.common.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// A key service for one machine: the guarding keyset is given to the process, from a file that only the suite reads.
/// Its primary key wraps, each of its keys unwraps.
public final class LocalKeyService implements KeyService {

    private static final byte[] PURPOSE = "xiaoer field keyset".getBytes(StandardCharsets.US_ASCII);

    private final Aead guard;

    /// @throws IllegalArgumentException if the keyset is not for authenticated encryption
    public LocalKeyService(EncodedKeyset keyset) {
        try {
            this.guard = keyset.keyset().getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("the keyset is not one for AEAD", unusable);
        }
    }

    @Override
    public byte[] wrap(byte[] keyset) {
        try {
            return guard.encrypt(keyset, PURPOSE);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a keyset cannot be wrapped", failure);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped) {
        try {
            return guard.decrypt(wrapped, PURPOSE);
        } catch (GeneralSecurityException failure) {
            throw new KeysUnavailable("the keyset was wrapped under another FIELD_KEYSET", failure);
        }
    }
}
