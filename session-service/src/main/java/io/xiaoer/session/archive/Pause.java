package io.xiaoer.session.archive;

import java.time.Duration;

/// How a thread rests; tests make it short.
public interface Pause {

    void rest(Duration duration) throws InterruptedException;
}
