package io.xiaoer.compensation.webhook.intake;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.Erased;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.compensation.erasure.Erasure;
import io.xiaoer.compensation.webhook.Subscriptions;
import io.xiaoer.compensation.webhook.WebhookEvent;
import io.xiaoer.compensation.webhook.delivery.DeliveryQueue;
import io.xiaoer.compensation.webhook.delivery.NewDelivery;
import io.xiaoer.compensation.webhook.sending.Dispatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Reads batches of what happened. A record of a shop without endpoints costs a look at its key; whatever fails makes
/// the batch come again, and what it had added before stands there once.
@Component
class EventListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventListener.class);

    private final Subscriptions subscriptions;
    private final DeliveryQueue queue;
    private final Dispatcher dispatcher;
    private final Erasure erasure;

    EventListener(Subscriptions subscriptions, DeliveryQueue queue, Dispatcher dispatcher, Erasure erasure) {
        this.subscriptions = subscriptions;
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.erasure = erasure;
    }

    @KafkaListener(
            id = "webhooks",
            idIsGroup = false,
            groupId = "compensation-service-webhooks",
            topics = {Topic.Names.CS_SESSION, Topic.Names.CS_MESSAGE, Topic.Names.COMMERCE_EVENT},
            containerFactory = "patientBatches",
            batch = "true",
            properties = {
                "group.instance.id=${xiaoer.node}-webhooks",
                "max.poll.records=500",
                "fetch.min.bytes=65536",
                "fetch.max.wait.ms=250"
            })
    void take(List<ConsumerRecord<String, byte[]>> messages) {
        subscriptions.look();
        var deliveries = new ArrayList<NewDelivery>();
        for (var message : messages) {
            switch (read(message)) {
                case Said.Happened(var told) -> deliveries.addAll(told);
                case Said.Forgotten(var erased) -> forget(erased);
            }
        }
        if (!deliveries.isEmpty()) {
            queue.add(deliveries);
            dispatcher.wake();
        }
    }

    /// What a record says here.
    private sealed interface Said {
        Said NOTHING = new Happened(List.of());

        /// Something that these deliveries tell of.
        record Happened(List<NewDelivery> told) implements Said {}

        /// That a shopper was erased.
        record Forgotten(Erased erased) implements Said {}
    }

    /// Stores nothing: whatever fails here fails for ever, and must not make the batch come again.
    private Said read(ConsumerRecord<String, byte[]> message) {
        try {
            return switch (message.topic()) {
                case Topic.Names.CS_MESSAGE ->
                    subscriptions.any(shop(message), WebhookEvent.MESSAGE_CREATED)
                            ? told(Happenings.ofMessage(message.value()), message)
                            : Said.NOTHING;
                case Topic.Names.CS_SESSION -> session(message);
                default -> told(Happenings.ofCommerce(EventJson.decode(message.value(), CommerceEvent.class)), message);
            };
        } catch (RuntimeException unreadable) {
            LOGGER.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .addKeyValue("reason", unreadable.getClass().getSimpleName())
                    .log("A record cannot be read; no webhook tells of it");
            return Said.NOTHING;
        }
    }

    private Said session(ConsumerRecord<String, byte[]> message) {
        var change = EventJson.decode(message.value(), SessionChanged.class);
        var erased = Erased.of(change);
        if (erased.isPresent()) {
            return new Said.Forgotten(erased.get());
        }
        return subscriptions.any(shop(message)) ? told(Happenings.ofSession(change), message) : Said.NOTHING;
    }

    private void forget(Erased erased) {
        erasure.remember(erased.user(), erased.at());
        queue.erase(erased.user().tag());
    }

    /// The shop of a record that has a shopper's tag for its key; empty if it has none.
    private static String shop(ConsumerRecord<String, byte[]> message) {
        var key = message.key();
        int end = key == null ? -1 : key.indexOf(':');
        return end > 0 ? key.substring(0, end) : "";
    }

    private Said told(Optional<Happening> happening, ConsumerRecord<String, byte[]> message) {
        return happening
                .<Said>map(what -> new Said.Happened(deliveries(what, message)))
                .orElse(Said.NOTHING);
    }

    private List<NewDelivery> deliveries(Happening what, ConsumerRecord<String, byte[]> message) {
        var endpoints = subscriptions.of(what.shop(), what.event());
        if (endpoints.isEmpty()) {
            return List.of();
        }
        var payload = what.payload();
        var written = Instant.ofEpochMilli(message.timestamp());
        return endpoints.stream()
                .map(endpoint -> new NewDelivery(
                        what.shop(), endpoint, what.event(), what.id(), what.lane(), what.userTag(), written, payload))
                .toList();
    }
}
