package io.xiaoer.ordersync.erasure;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.ordersync.order.ErasedShoppers;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.request.ServiceRequests;
import io.xiaoer.ordersync.unmask.Unmasking;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Hears that a shopper was erased. Delivered twice, it finds nothing the second time.
@Component
class ErasureListener {
    private static final String ERASED = "erased";

    private final ErasedShoppers erased;
    private final Orders orders;
    private final Unmasking unmasking;
    private final ServiceRequests requests;
    private final TransactionTemplate transaction;

    ErasureListener(
            ErasedShoppers erased,
            Orders orders,
            Unmasking unmasking,
            ServiceRequests requests,
            TransactionTemplate transaction) {
        this.erased = erased;
        this.transaction = transaction;
        this.orders = orders;
        this.unmasking = unmasking;
        this.requests = requests;
    }

    @KafkaListener(
            id = "erasures",
            idIsGroup = false,
            groupId = "order-sync-service.erasures",
            topics = Topic.Names.CS_SESSION,
            containerFactory = ErasureConfiguration.CONTAINERS,
            properties = "group.instance.id=${xiaoer.node}-erasures")
    void take(ConsumerRecord<String, byte[]> message) {
        var event = EventJson.decode(message.value(), SessionChanged.class);
        if (event.what().equals(ERASED)) {
            var user = UserKey.parse(event.user());
            if (user.kind() == UserKey.Kind.USER) {
                transaction.executeWithoutResult(status -> erase(user, event.at()));
            }
        }
    }

    private void erase(UserKey user, Instant at) {
        erased.mark(user, at);
        orders.forgetReceivers(user.shop(), user.id());
        unmasking.forgetReasons(user.shop(), user.id());
        requests.forget(user.shop(), user.id());
    }
}
