package io.xiaoer.compensation.webhook.sending;

import io.xiaoer.compensation.webhook.Webhook;
import io.xiaoer.compensation.webhook.delivery.Attempt;
import io.xiaoer.compensation.webhook.delivery.Delivery;
import java.time.Instant;

/// Sends a delivery once. Blocks, for a bounded time.
@FunctionalInterface
interface Sender {
    /// @param now the moment that is signed
    Attempt send(Webhook webhook, Delivery delivery, Instant now);
}
