package io.xiaoer.session.start;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/// Lets repeated tasks run beside each other. Spring's own scheduler runs all of them on one thread, where a sweep that
/// waits for Kafka or for a slow table would keep the others from their turn for minutes.
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration implements SchedulingConfigurer, DisposableBean {

    private static final int AT_ONCE = 16;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            AT_ONCE, Thread.ofVirtual().name("schedule-", 0).factory());

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.setScheduler(threads);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
