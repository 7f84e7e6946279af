package io.xiaoer.compensation.webhook;

import io.xiaoer.common.rest.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The attributes of an endpoint in answers.
///
/// @param reason why it is disabled
/// @param secret shown once, when it is made
record WebhookView(
        String url,
        List<String> events,
        String status,
        @Nullable String reason,
        Instant createdAt,
        @Nullable String secret) {
    private static final String TYPE = "webhook";

    static Resource<WebhookView> of(Webhook webhook) {
        return view(webhook, null);
    }

    static Resource<WebhookView> of(Webhooks.Made made) {
        return view(made.webhook(), made.secret().value());
    }

    private static Resource<WebhookView> view(Webhook webhook, @Nullable String secret) {
        return new Resource<>(
                webhook.id(),
                TYPE,
                new WebhookView(
                        webhook.url(),
                        webhook.subscriptions().stream().map(WebhookEvent::code).toList(),
                        webhook.status().name().toLowerCase(Locale.ROOT),
                        webhook.reason(),
                        webhook.createdAt(),
                        secret));
    }
}
