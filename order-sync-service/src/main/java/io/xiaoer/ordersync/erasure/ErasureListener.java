package io.xiaoer.ordersync.erasure;

import io.xiaoer.common.event.Erased;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.ordersync.aftersale.AfterSales;
import io.xiaoer.ordersync.command.CommandWords;
import io.xiaoer.ordersync.order.ErasedShoppers;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.request.ServiceRequests;
import io.xiaoer.ordersync.unmask.Unmasking;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Hears that a shopper was erased. Delivered twice, it finds nothing the second time.
@Component
class ErasureListener {
    private final ErasedShoppers erased;
    private final Orders orders;
    private final Unmasking unmasking;
    private final ServiceRequests requests;
    private final AfterSales afterSales;
    private final CommandWords words;
    private final ToldOutcomes outcomes;
    private final TransactionTemplate transaction;

    ErasureListener(
            ErasedShoppers erased,
            Orders orders,
            Unmasking unmasking,
            ServiceRequests requests,
            AfterSales afterSales,
            CommandWords words,
            ToldOutcomes outcomes,
            TransactionTemplate transaction) {
        this.erased = erased;
        this.transaction = transaction;
        this.orders = orders;
        this.unmasking = unmasking;
        this.requests = requests;
        this.afterSales = afterSales;
        this.words = words;
        this.outcomes = outcomes;
    }

    @KafkaListener(
            id = "erasures",
            idIsGroup = false,
            groupId = "order-sync-service.erasures",
            topics = Topic.Names.CS_SESSION,
            containerFactory = ErasureConfiguration.CONTAINERS,
            properties = "group.instance.id=${xiaoer.node}-erasures")
    void take(ConsumerRecord<String, byte[]> message) {
        Erased.of(EventJson.decode(message.value(), SessionChanged.class))
                .filter(shopper -> shopper.user().kind() == UserKey.Kind.USER)
                .ifPresent(shopper -> erase(shopper.user(), shopper.at()));
    }

    /// What a command changes is locked after the command, so commands are gone through apart, once the shopper is
    /// marked: one that ends later finds the mark. The outbox comes last: nothing that they wrote comes into it any
    /// more. After a crash all of it happens again.
    private void erase(UserKey user, Instant at) {
        var theirs = Objects.requireNonNull(transaction.execute(status -> forget(user, at)));
        words.forget(user.shop(), theirs, at);
        outcomes.forget(words.about(user.shop(), theirs));
    }

    /// Which orders are theirs is read when all are locked: the change of their receivers has waited for those that
    /// were being stored. Nothing reads without a lock before, so that what is read is as it stands then.
    ///
    /// @return the orders
    private List<String> forget(UserKey user, Instant at) {
        erased.mark(user, at);
        orders.forgetReceivers(user.shop(), user.id());
        var theirs = orders.idsOf(user.shop(), user.id());
        afterSales.forgetReasons(user.shop(), theirs);
        unmasking.forgetReasons(user.shop(), user.id());
        requests.forget(user.shop(), user.id());
        return theirs;
    }
}
