package io.xiaoer.ordersync.command;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// What is measured of commands. Kinds are those that the service knows.
@Component
class CommandMeters {
    private final MeterRegistry meters;

    CommandMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /// Shows a kind with nothing counted yet, so that its first change is an increase too.
    void expect(String kind) {
        for (var status : CommandStatus.values()) {
            if (status != CommandStatus.ACCEPTED) {
                counter(kind, status);
            }
        }
    }

    /// Counts a change of status once the transaction at hand is committed.
    void changed(String kind, CommandStatus status) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                counter(kind, status).increment();
            }
        });
    }

    private Counter counter(String kind, CommandStatus status) {
        return Counter.builder("xiaoer.commands")
                .description("Commands by kind and the status that they came to")
                .tag("kind", kind)
                .tag("status", status.code())
                .register(meters);
    }
}
