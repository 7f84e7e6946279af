package io.xiaoer.local.bench;

import java.io.IOException;

/// Something of a running suite that can be made to stand still.
@FunctionalInterface
public interface Standstill {

    /// Makes it stand still until that is closed.
    Held begin() throws IOException;

    /// It stands still.
    interface Held extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
