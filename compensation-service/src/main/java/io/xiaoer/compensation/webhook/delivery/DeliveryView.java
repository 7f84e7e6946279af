package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.rest.Resource;
import io.xiaoer.compensation.task.PayloadMask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The attributes of a delivery in answers.
///
/// @param eventId what the endpoint reads in `webhook-id`
/// @param reason why the last attempt failed, or why it was discarded
/// @param responseCode the last HTTP status
/// @param durationMs how long the last attempt took
/// @param payload masked; only where one delivery is shown
record DeliveryView(
        String event,
        String eventId,
        String webhookId,
        String status,
        @Nullable String reason,
        int attempts,
        @Nullable Integer responseCode,
        @Nullable Integer durationMs,
        @Nullable Instant nextAt,
        @Nullable Instant attemptedAt,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Object payload) {
    private static final String TYPE = "webhook_delivery";

    static Resource<DeliveryView> of(Delivery delivery) {
        return view(delivery, null);
    }

    static Resource<DeliveryView> whole(Delivery delivery) {
        return view(delivery, PayloadMask.shown(delivery.payload()));
    }

    private static Resource<DeliveryView> view(Delivery delivery, @Nullable Object payload) {
        return new Resource<>(
                delivery.id(),
                TYPE,
                new DeliveryView(
                        delivery.event(),
                        delivery.eventId(),
                        delivery.webhookId(),
                        delivery.status().code(),
                        delivery.reason(),
                        delivery.attempts(),
                        delivery.code(),
                        delivery.durationMs(),
                        delivery.nextAt(),
                        delivery.attemptedAt(),
                        delivery.createdAt(),
                        delivery.endedAt(),
                        payload));
    }
}
