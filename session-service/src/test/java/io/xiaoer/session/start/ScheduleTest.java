package io.xiaoer.session.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/// Repeated tasks do not wait for each other, and the service stops around none of them.
class ScheduleTest {

    @Test
    void aTaskThatHangsHoldsUpNoOther() {
        try (var context = new AnnotationConfigApplicationContext(ScheduleConfiguration.class, Tasks.class)) {
            var tasks = context.getBean(Tasks.class);

            await().until(() -> tasks.hanging.get() == 1);
            await().until(() -> tasks.rounds.get() > 3);

            tasks.end.countDown();
        }
    }

    /// One that asks Redis while it is let go fails, and each stop would log that.
    @Test
    void aTaskThatIsUnderWayEndsBeforeRedisIsLetGo() throws Exception {
        var context = new AnnotationConfigApplicationContext(ScheduleConfiguration.class, Lookup.class);
        var lookup = context.getBean(Lookup.class);
        lookup.begun.await();

        var stop = Thread.ofPlatform().start(context::close);
        await().until(() -> EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                .contains(stop.getState()));
        lookup.end.countDown();

        assertThat(lookup.foundRedis.get()).isTrue();
        stop.join();
        assertThat(context.isActive()).isFalse();
    }

    /// One that hangs and one that does not.
    @EnableScheduling
    static class Tasks {
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger hanging = new AtomicInteger();
        private final AtomicInteger rounds = new AtomicInteger();

        @Scheduled(fixedDelay = 10)
        void hang() throws InterruptedException {
            hanging.incrementAndGet();
            end.await();
        }

        @Scheduled(fixedDelay = 10)
        void go() {
            rounds.incrementAndGet();
        }
    }

    /// One that looks at the end of its turn whether Redis could be asked still.
    @EnableScheduling
    static class Lookup {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final CompletableFuture<Boolean> foundRedis = new CompletableFuture<>();
        private final LettuceConnectionFactory connections = new LettuceConnectionFactory();

        @Bean
        LettuceConnectionFactory connections() {
            return connections;
        }

        @Scheduled(fixedDelay = 10)
        void look() {
            begun.countDown();
            try {
                end.await();
                foundRedis.complete(connections.isRunning());
            } catch (InterruptedException e) {
                foundRedis.complete(false);
            }
        }
    }
}
