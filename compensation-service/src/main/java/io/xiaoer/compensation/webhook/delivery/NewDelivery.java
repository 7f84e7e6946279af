package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.compensation.webhook.WebhookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event that is to be told to an endpoint.
///
/// @param eventId the same for the same event, whoever is told, however often it is read
/// @param written when what tells of it was written
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NewDelivery(
        ShopId shop,
        String webhook,
        WebhookEvent event,
        String eventId,
        String lane,
        @Nullable String userTag,
        Instant written,
        byte[] payload) {}
