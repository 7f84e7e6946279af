package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.compensation.replay.Replay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// The log of deliveries, and sending again what stands in it.
@Component
class Redelivery {
    private final DeliveryMapper mapper;
    private final ReplayedDeliveries deliveries;
    private final Replay replay;

    Redelivery(DeliveryMapper mapper, ReplayedDeliveries deliveries, Replay replay) {
        this.mapper = mapper;
        this.deliveries = deliveries;
        this.replay = replay;
    }

    Optional<Delivery> find(ShopId shop, String webhook, String id) {
        return Tenant.call(shop, () -> Optional.ofNullable(mapper.find(shop, id)))
                .filter(delivery -> delivery.webhookId().equals(webhook));
    }

    List<Delivery> list(ShopId shop, String webhook, @Nullable DeliveryStatus status, long before, int limit) {
        return Tenant.call(shop, () -> mapper.list(shop, webhook, status, before, limit));
    }

    /// Ids of deliveries that have one of these statuses and can be sent, in the order in which they came.
    List<String> ofTime(
            ShopId shop, String webhook, Instant since, Instant until, List<DeliveryStatus> statuses, int limit) {
        return Tenant.call(shop, () -> mapper.ofTime(shop, webhook, since, until, statuses, limit));
    }

    int waiting(ShopId shop, String webhook, String lane, int limit) {
        return Tenant.call(shop, () -> mapper.waiting(shop, webhook, lane, limit));
    }

    /// Sends a delivery again; that of a task by replaying the task. Says whether it can be sent.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public boolean again(ShopId shop, String id, String actor) {
        var delivery = Tenant.call(shop, () -> Optional.ofNullable(mapper.find(shop, id)))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such delivery"));
        var task = delivery.taskId();
        if (task != null && delivery.status() == DeliveryStatus.EXHAUSTED) {
            return replay.replay(task, actor, null).filter(Replay.Done::won).isPresent();
        }
        return deliveries.again(shop, id, null);
    }
}
