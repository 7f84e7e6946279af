package io.xiaoer.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BooleanSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Has repeated tasks rest until the schema was looked after once: they would ask for tables that are not made yet.
/// After that they run beside each other. On one thread, one that waits for Kafka or for a slow table would keep the
/// others from their turn.
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    @Bean
    TaskScheduler taskScheduler(SchemaMigration schema) {
        return new Resting(schema::mayBeUsed);
    }

    /// Leaves the turns of tasks with a fixed pause out until their time has come; the service has no others.
    static final class Resting extends ThreadPoolTaskScheduler {
        private static final long serialVersionUID = 1L;
        private static final int AT_ONCE = 16;

        @SuppressWarnings("serial")
        private final BooleanSupplier hasCome;

        Resting(BooleanSupplier hasCome) {
            this.hasCome = hasCome;
            setPoolSize(AT_ONCE);
            setThreadFactory(Thread.ofVirtual().name("scheduling-", 0).factory());
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Instant start, Duration delay) {
            return super.scheduleWithFixedDelay(resting(task), start, delay);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration delay) {
            return super.scheduleWithFixedDelay(resting(task), delay);
        }

        private Runnable resting(Runnable task) {
            return () -> {
                if (hasCome.getAsBoolean()) {
                    task.run();
                }
            };
        }
    }
}
