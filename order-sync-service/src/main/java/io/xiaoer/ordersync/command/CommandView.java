package io.xiaoer.ordersync.command;

import io.xiaoer.common.rest.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The attributes of a command in answers.
public record CommandView(
        String kind,
        String status,
        @Nullable String reason,
        @Nullable String userId,
        Instant createdAt,
        Instant updatedAt) {

    static Resource<CommandView> of(Command command) {
        return new Resource<>(
                command.id(),
                "command",
                new CommandView(
                        command.kind(),
                        command.status().code(),
                        command.reason(),
                        command.userId(),
                        command.createdAt(),
                        command.updatedAt()));
    }
}
