package io.xiaoer.compensation.webhook.sending;

import io.xiaoer.compensation.webhook.Webhook;
import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.Webhooks;
import io.xiaoer.compensation.webhook.delivery.Attempt;
import io.xiaoer.compensation.webhook.delivery.Delivery;
import io.xiaoer.compensation.webhook.delivery.DeliveryStatus;
import io.xiaoer.compensation.webhook.delivery.Lane;
import io.xiaoer.compensation.webhook.delivery.Lanes;
import io.xiaoer.compensation.webhook.delivery.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what waits in a lane, one delivery after the other: claim, send, note.
///
/// If it dies after sending and before noting, its claim ends and another sends the same delivery again, under the same
/// `webhook-id`.
final class Courier {
    private static final Logger LOGGER = LoggerFactory.getLogger(Courier.class);
    private static final int MOST_IN_A_ROW = 20;

    private final Lanes lanes;
    private final Webhooks webhooks;
    private final Sender sender;
    private final Backoff backoff;
    private final WebhookSettings settings;
    private final Slots slots;
    private final WebhookMeters meters;
    private final Clock clock;

    Courier(
            Lanes lanes,
            Webhooks webhooks,
            Sender sender,
            Backoff backoff,
            WebhookSettings settings,
            Slots slots,
            WebhookMeters meters,
            Clock clock) {
        this.lanes = lanes;
        this.webhooks = webhooks;
        this.sender = sender;
        this.backoff = backoff;
        this.settings = settings;
        this.slots = slots;
        this.meters = meters;
        this.clock = clock;
    }

    /// Works on a lane until it is empty, a delivery fails, or others should have their turn.
    void carry(Lane lane) {
        for (int i = 0; i < MOST_IN_A_ROW; i++) {
            var claim = UUID.randomUUID().toString();
            var now = clock.instant();
            if (!lanes.claim(lane, claim, now, now.plus(settings.claim())) || !step(lane, claim)) {
                return;
            }
        }
    }

    /// Whether there is a reason to go on.
    private boolean step(Lane lane, String claim) {
        var webhook = webhooks.find(lane.shop(), lane.endpoint().webhook()).filter(Webhook::isEnabled);
        var next = lanes.head(lane);
        if (webhook.isEmpty() || next.isEmpty()) {
            lanes.release(lane, claim, clock.instant());
            return false;
        }
        return deliver(webhook.get(), next.get(), claim);
    }

    private boolean deliver(Webhook webhook, Delivery delivery, String claim) {
        if (delivery.payload() == null) {
            lanes.note(delivery, delivery.discarded("erased", clock.instant()), claim, clock.instant());
            return true;
        }
        var attempt = sender.send(webhook, delivery, clock.instant());
        var now = clock.instant();
        boolean delivered = attempt.outcome() == Outcome.DELIVERED;
        slots.answered(delivery.inLane().endpoint(), delivered && attempt.took().compareTo(settings.slow()) <= 0);
        meters.attempted(attempt);
        switch (attempt.outcome()) {
            case DELIVERED ->
                lanes.note(delivery, delivery.attempted(DeliveryStatus.DELIVERED, attempt, now, null), claim, now);
            case GONE -> gone(webhook, delivery, attempt, claim, now);
            case HTTP_ERROR, REDIRECT, THROTTLED, TIMEOUT, CONNECT, TLS, NAME, ADDRESS_REFUSED, BROKEN ->
                failed(webhook, delivery, attempt, claim, now);
        }
        LOGGER.atDebug()
                .addKeyValue("shop_id", delivery.shopId())
                .addKeyValue("webhook", delivery.webhookId())
                .addKeyValue("delivery", delivery.id())
                .addKeyValue("outcome", attempt.outcome().code())
                .log("A webhook was sent");
        return delivered;
    }

    private void failed(Webhook webhook, Delivery delivery, Attempt attempt, String claim, Instant now) {
        pause(webhook, attempt, now);
        var next = backoff.next(delivery, attempt, now);
        var status = next == null ? DeliveryStatus.EXHAUSTED : DeliveryStatus.PENDING;
        boolean noted = lanes.note(delivery, delivery.attempted(status, attempt, now, next), claim, now);
        if (noted && next == null) {
            meters.exhausted();
            LOGGER.atWarn()
                    .addKeyValue("shop_id", delivery.shopId())
                    .addKeyValue("webhook", delivery.webhookId())
                    .addKeyValue("delivery", delivery.id())
                    .addKeyValue("reason", attempt.outcome().code())
                    .log("A webhook's delivery is exhausted; a compensation task has it");
        }
    }

    /// Who asks to be left alone is, with all that waits for it.
    private void pause(Webhook webhook, Attempt attempt, Instant now) {
        var wait = attempt.retryAfter();
        if (wait != null) {
            Duration bounded = wait.compareTo(settings.window()) > 0 ? settings.window() : wait;
            webhooks.pause(webhook.shop(), webhook.id(), now.plus(bounded));
        }
    }

    private void gone(Webhook webhook, Delivery delivery, Attempt attempt, String claim, Instant now) {
        if (webhooks.disable(webhook.shop(), webhook.id(), Outcome.GONE.code())) {
            LOGGER.atWarn()
                    .addKeyValue("shop_id", webhook.shopId())
                    .addKeyValue("webhook", webhook.id())
                    .log("A webhook is gone and was disabled");
        }
        lanes.note(delivery, delivery.attempted(DeliveryStatus.DISCARDED, attempt, now, null), claim, now);
    }
}
