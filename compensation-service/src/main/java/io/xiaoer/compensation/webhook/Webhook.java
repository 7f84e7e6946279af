package io.xiaoer.compensation.webhook;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An endpoint of a shop.
///
/// @param events its subscriptions, joined by commas
/// @param reason why the suite disabled it, null if it did not
/// @param pausedUntil until when it asked to be left alone
public record Webhook(
        String shopId,
        String id,
        String url,
        String events,
        Status status,
        @Nullable String reason,
        @Nullable Instant pausedUntil,
        Instant createdAt) {

    /// Whether it is told anything.
    public enum Status {
        ENABLED,
        /// It is gone (410), or was left behind too far; its merchant enables it again.
        DISABLED,
        /// Its merchant deleted it; the row goes when its deliveries have gone.
        DELETED
    }

    public ShopId shop() {
        return new ShopId(shopId);
    }

    /// What it wants to be told of.
    public Set<WebhookEvent> subscriptions() {
        return WebhookEvent.split(events);
    }

    public boolean isEnabled() {
        return status == Status.ENABLED;
    }
}
