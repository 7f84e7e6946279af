package io.xiaoer.session.start;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/// Repeated tasks do not wait for each other.
class ScheduleTest {

    @Test
    void aTaskThatHangsHoldsUpNoOther() {
        try (var context = new AnnotationConfigApplicationContext(ScheduleConfiguration.class, Tasks.class)) {
            var tasks = context.getBean(Tasks.class);

            await().until(() -> tasks.hanging.get() == 1);
            await().until(() -> tasks.rounds.get() > 3);
        }
    }

    /// One that hangs and one that does not.
    @EnableScheduling
    static class Tasks {
        private final AtomicInteger hanging = new AtomicInteger();
        private final AtomicInteger rounds = new AtomicInteger();

        @Scheduled(fixedDelay = 10)
        void hang() throws InterruptedException {
            hanging.incrementAndGet();
            new CountDownLatch(1).await();
        }

        @Scheduled(fixedDelay = 10)
        void go() {
            rounds.incrementAndGet();
        }
    }
}
