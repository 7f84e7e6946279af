package io.xiaoer.ordersync.source;

import io.xiaoer.common.rest.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The attributes of a source in answers.
///
/// @param eventsPath         where the platform sends its events
/// @param secret             with which it signs them; in the answer that made it and never again
/// @param previousSecretUntil how long the secret before counts as well
/// @param polling            of a platform that is asked
record SourceView(
        PlatformKind platform,
        String eventsPath,
        @Nullable String address,
        @Nullable String secret,
        @Nullable Instant previousSecretUntil,
        @Nullable Polling polling,
        Instant createdAt,
        Instant updatedAt) {

    /// How far a platform was asked.
    ///
    /// @param toldUntil   all that changed until then has been taken
    /// @param succeededAt when it was last asked to the end
    /// @param failures    in a row
    /// @param failure     what the last one was
    /// @param nextAt      when it is asked again
    record Polling(
            @Nullable Instant toldUntil,
            @Nullable Instant succeededAt,
            int failures,
            @Nullable String failure,
            Instant nextAt) {}

    static Resource<SourceView> of(SourceRow source, @Nullable String secret) {
        var next = source.nextPollAt();
        return new Resource<>(
                source.name(),
                "source",
                new SourceView(
                        source.platform(),
                        "/api/v1/sources/" + source.eventsId() + "/events",
                        source.address(),
                        secret,
                        source.previousUntil(),
                        next == null
                                ? null
                                : new Polling(
                                        source.toldUntil(),
                                        source.succeededAt(),
                                        source.failures(),
                                        source.failure(),
                                        next),
                        source.createdAt(),
                        source.updatedAt()));
    }
}
