package io.xiaoer.bot.intake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Pauses between tries, which a stop ends.
@Component
final class Patience implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    /// Waits so long.
    ///
    /// @throws InterruptedException at a stop
    void pause(Duration length) throws InterruptedException {
        if (closed.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the service stops");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
