package io.xiaoer.compensation.task;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// How many tasks have each status: `xiaoer.compensation.tasks{status}`, counted every ten seconds and no further than
/// [#MOST_COUNTED], so that a figure costs the same however much there is.
@Component
class TaskMeters {
    static final int MOST_COUNTED = 10_000;

    private final Tasks tasks;
    private final Map<TaskStatus, AtomicLong> numbers = new EnumMap<>(TaskStatus.class);

    TaskMeters(Tasks tasks, MeterRegistry registry) {
        this.tasks = tasks;
        for (var status : TaskStatus.values()) {
            var number = new AtomicLong();
            numbers.put(status, number);
            Gauge.builder("xiaoer.compensation.tasks", number, AtomicLong::doubleValue)
                    .description("Tasks of all shops by status")
                    .tag("status", status.code())
                    .register(registry);
        }
    }

    @Scheduled(fixedDelayString = "PT10S")
    void count() {
        try {
            numbers.forEach((status, number) -> number.set(tasks.count(status, MOST_COUNTED)));
        } catch (DataAccessException | TransactionException away) {
            return; // the last figures stay; readiness tells of the database
        }
    }
}
