package io.xiaoer.ordersync.source;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.PlatformOrder;
import io.xiaoer.common.event.RecordScope;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.ordersync.source.PlatformEvent.Untranslatable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tries the orders again that could not be taken: each is asked for anew at its platform, as it is there now. One that
/// still cannot be taken becomes a dead letter, and so a task of compensation, whose replay comes here again.
@Component
class ParkedOrders {

    private final Sources sources;
    private final Platforms platforms;
    private final SourceIntake intake;

    ParkedOrders(Sources sources, Platforms platforms, SourceIntake intake) {
        this.sources = sources;
        this.platforms = platforms;
        this.intake = intake;
    }

    @KafkaListener(
            id = "sources",
            idIsGroup = false,
            groupId = "order-sync-service.sources",
            topics = Topic.Names.COMMERCE_SOURCE,
            containerFactory = SourceConfiguration.CONTAINERS,
            properties = "group.instance.id=${xiaoer.node}-sources")
    void take(ConsumerRecord<String, byte[]> message) {
        var parked = EventJson.decode(message.value(), PlatformOrder.class);
        try (var ignored = RecordScope.of(message)) {
            retry(parked);
        }
    }

    private void retry(PlatformOrder parked) {
        var source = sources.find(shop(parked), parked.source())
                .orElseThrow(() -> new Unprocessable("unknown_source", "the shop has no such source any more"));
        if (parked.orderId().isEmpty()) {
            throw new Unprocessable("order_without_id", parked.rule());
        }
        var order = platforms
                .pulled(source)
                .order(sources.access(source), parked.orderId())
                .orElseThrow(() -> new Unprocessable("unknown_order", "the platform has no such order any more"));
        if (order instanceof Untranslatable broken) {
            throw new Unprocessable("untranslatable_order", broken.rule());
        }
        try {
            intake.takeAtOnce(source, order);
        } catch (ProblemException refused) {
            if (refused.code().retryable()) {
                throw refused;
            }
            throw new Unprocessable("refused_order", refused.detail(), refused);
        }
    }

    private static ShopId shop(PlatformOrder parked) {
        try {
            return new ShopId(parked.shopId());
        } catch (IllegalArgumentException malformed) {
            throw new Unprocessable("invalid_shop", "the record names no shop", malformed);
        }
    }
}
