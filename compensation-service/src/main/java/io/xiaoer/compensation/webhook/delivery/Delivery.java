package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event for one endpoint.
///
/// @param eventId what stands in `webhook-id`, the same at each attempt
/// @param lane what its order is kept in
/// @param userTag the shopper whom it tells of, null for nobody
/// @param payload what is sent, byte for byte; null if its shopper was erased
/// @param reason why the last attempt failed, or why it was discarded
/// @param attempts how often it was sent, in all its windows
/// @param failures how often it failed since its window began
/// @param code the last HTTP status
/// @param sinceAt when the window of its attempts began
/// @param taskId the task of compensation that it became, null if it never was exhausted
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Delivery(
        String shopId,
        String id,
        String webhookId,
        String eventId,
        String event,
        String lane,
        @Nullable String userTag,
        byte @Nullable [] payload,
        DeliveryStatus status,
        @Nullable String reason,
        int attempts,
        int failures,
        @Nullable Integer code,
        @Nullable Integer durationMs,
        Instant sinceAt,
        @Nullable Instant nextAt,
        @Nullable Instant attemptedAt,
        @Nullable String taskId,
        Instant createdAt,
        @Nullable Instant endedAt) {

    public ShopId shop() {
        return new ShopId(shopId);
    }

    public Lane inLane() {
        return new Lane(new Lane.Endpoint(shop(), webhookId), lane);
    }

    /// After an attempt.
    ///
    /// @param nextAt when it is tried again, null if it is not
    public Delivery attempted(DeliveryStatus now, Attempt attempt, Instant at, @Nullable Instant nextAt) {
        return changed(
                now,
                attempt.outcome() == Outcome.DELIVERED
                        ? null
                        : attempt.outcome().code(),
                attempts + 1,
                failures + 1,
                attempt.code(),
                Math.toIntExact(attempt.took().toMillis()),
                sinceAt,
                nextAt,
                at,
                taskId,
                payload,
                now == DeliveryStatus.PENDING ? null : at);
    }

    public Delivery discarded(String why, Instant at) {
        return changed(
                DeliveryStatus.DISCARDED,
                why,
                attempts,
                failures,
                code,
                durationMs,
                sinceAt,
                null,
                attemptedAt,
                taskId,
                payload,
                at);
    }

    /// To be sent again, with a window of its own.
    Delivery again(byte @Nullable [] body, Instant at) {
        return changed(
                DeliveryStatus.PENDING, reason, attempts, 0, code, durationMs, at, at, attemptedAt, taskId, body, null);
    }

    Delivery ofTask(String task) {
        return changed(
                status,
                reason,
                attempts,
                failures,
                code,
                durationMs,
                sinceAt,
                nextAt,
                attemptedAt,
                task,
                payload,
                endedAt);
    }

    private Delivery changed(
            DeliveryStatus newStatus,
            @Nullable String newReason,
            int newAttempts,
            int newFailures,
            @Nullable Integer newCode,
            @Nullable Integer newDuration,
            Instant newSince,
            @Nullable Instant newNext,
            @Nullable Instant newAttempted,
            @Nullable String newTask,
            byte @Nullable [] newPayload,
            @Nullable Instant newEnd) {
        return new Delivery(
                shopId,
                id,
                webhookId,
                eventId,
                event,
                lane,
                userTag,
                newPayload,
                newStatus,
                newReason,
                newAttempts,
                newFailures,
                newCode,
                newDuration,
                newSince,
                newNext,
                newAttempted,
                newTask,
                createdAt,
                newEnd);
    }
}
