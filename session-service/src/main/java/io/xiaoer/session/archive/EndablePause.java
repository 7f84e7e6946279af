package io.xiaoer.session.archive;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/// Rests until the time is over or the instance ends, whichever comes first.
class EndablePause implements Pause {

    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void rest(Duration duration) throws InterruptedException {
        if (ended.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the instance ends");
        }
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        ended.countDown();
    }
}
