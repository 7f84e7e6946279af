package io.xiaoer.common.crypto;

import com.google.crypto.tink.KeysetHandle;

/// Where the keyset for fields comes from: the environment on a laptop, a key service elsewhere.
@FunctionalInterface
public interface KeysetSource {
    /// The keyset as it is now. A source that rotates gives the older keys too, for reading.
    KeysetHandle keyset();
}
