package io.xiaoer.session.archive;

import java.time.Duration;

/// How a thread rests; tests make it short.
public interface Pause {

    /// @throws InterruptedException if the instance ends meanwhile, or the thread is interrupted
    void rest(Duration duration) throws InterruptedException;
}
