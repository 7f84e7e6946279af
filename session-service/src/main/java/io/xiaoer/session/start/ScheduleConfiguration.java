package io.xiaoer.session.start;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Lets repeated tasks run beside each other. Spring's own scheduler runs all of them on one thread,
/// where a sweep that waits for Kafka or for a slow table would keep the others from their turn for
/// minutes. When the service stops no turn begins any more, and those that are under way end, before
/// Redis is let go.
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    /// No fewer than there are tasks.
    private static final int AT_ONCE = 16;

    @Bean
    TaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(AT_ONCE);
        scheduler.setThreadFactory(Thread.ofVirtual().name("schedule-", 0).factory());
        return scheduler;
    }
}
