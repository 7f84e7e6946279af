package io.xiaoer.ordersync.command;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.RecordScope;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Takes commands from Kafka, one after the other in each partition.
///
/// What a record asks for is done before its offset is committed, so a crash in between brings it again; the applier
/// does it once. A record that cannot be processed marks its command `compensating` and then becomes a dead letter.
@Component
class CommandListener {
    private final CommandApplier applier;

    CommandListener(CommandApplier applier) {
        this.applier = applier;
    }

    @KafkaListener(
            id = "commands",
            idIsGroup = false,
            groupId = "order-sync-service",
            topics = Topic.Names.COMMERCE_COMMAND,
            containerFactory = "commandContainers",
            properties = "group.instance.id=${xiaoer.node}-commands")
    void take(ConsumerRecord<String, byte[]> message) {
        var order = EventJson.decode(message.value(), CommerceCommand.class);
        var discarded = header(message, DeadLetters.DISCARD_OF);
        try (var ignored = RecordScope.of(message)) {
            Tenant.run(shop(order), () -> {
                if (discarded != null) {
                    applier.discard(order, discarded);
                } else {
                    applier.apply(order, header(message, DeadLetters.REPLAY_OF));
                }
            });
        }
    }

    /// Called before a record becomes a dead letter; if this fails it does not become one, and is tried again.
    void beforeDeadLetter(ConsumerRecord<?, ?> message, Exception failure) {
        if (!(message.value() instanceof byte[] value)) {
            return;
        }
        CommerceCommand order;
        try {
            order = EventJson.decode(value, CommerceCommand.class);
            shop(order);
        } catch (EventJson.Unreadable | Unprocessable belongsToNoCommand) {
            return;
        }
        Tenant.run(shop(order), () -> applier.compensate(order, DeadLetters.reason(failure)));
    }

    private static ShopId shop(CommerceCommand order) {
        try {
            return new ShopId(order.shopId());
        } catch (IllegalArgumentException malformed) {
            throw new Unprocessable("invalid_shop", "the record names no shop", malformed);
        }
    }

    private static @Nullable String header(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
