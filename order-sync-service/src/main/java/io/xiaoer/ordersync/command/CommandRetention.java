package io.xiaoer.ordersync.command;

import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Deletes commands that ended long ago. One that is under way, or waits in compensation, stays however old it is.
@Component
class CommandRetention {
    private final CommandMapper commands;
    private final RetentionSettings settings;
    private final Clock clock;

    CommandRetention(CommandMapper commands, RetentionSettings settings, Clock clock) {
        this.commands = commands;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    void sweep() {
        var before = clock.instant().minus(settings.commands());
        BoundedSweep.of("commands", limit -> commands.forget(CommandStatus.APPLIED, before, limit));
        BoundedSweep.of("commands", limit -> commands.forget(CommandStatus.FAILED, before, limit));
    }
}
