package io.xiaoer.common.crypto;

/// An encrypted field that no key of the keyset opens at its address: tampered with, moved, or written
/// under a key that is gone.
public class UnreadableField extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableField(FieldAddress address, Throwable cause) {
        super("field " + address.table() + "." + address.column() + " cannot be decrypted", cause);
    }
}
