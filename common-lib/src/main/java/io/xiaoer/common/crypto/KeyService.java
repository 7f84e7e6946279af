package io.xiaoer.common.crypto;

/// Who guards the key that the keyset of fields is wrapped with. That key never comes here; a keyset stands in the
/// database only as what [#wrap] made of it.
public interface KeyService {

    /// Encrypts a keyset, under the newest version of the guarding key.
    ///
    /// @throws KeysUnavailable if the service cannot be asked or refuses
    byte[] wrap(byte[] keyset);

    /// Decrypts what [#wrap] made.
    ///
    /// @throws KeysUnavailable if the service cannot be asked or refuses
    byte[] unwrap(byte[] wrapped);
}
